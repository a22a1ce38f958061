/** Parts of a profit as they travel: minor units in decimal text. */
export type Parts = Readonly<
  Record<
    | "asset_margin"
    | "deposit_margin"
    | "fees"
    | "interchange"
    | "exchange_margin"
    | "activity_cost"
    | "expected_loss"
    | "acquisition_cost"
    | "capital_charge",
    string
  >
>;
type PartName = keyof Parts;

const income: readonly PartName[] = ["asset_margin", "deposit_margin", "fees", "interchange", "exchange_margin"];
const costs: readonly PartName[] = ["activity_cost", "expected_loss", "acquisition_cost"];

export interface Step {
  readonly name: PartName | "income" | "profit" | "economic";
  readonly isSum: boolean;
  readonly minor: bigint;
  /** Where its bar begins and ends. */
  readonly from: bigint;
  readonly to: bigint;
}

/** From income to economic profit, step by step; a step of nothing is left out. */
export function waterfall(parts: Parts): Step[] {
  const steps: Step[] = [];
  let at = 0n;
  const walk = (names: readonly PartName[]) => {
    for (const name of names) {
      const minor = BigInt(parts[name]);
      if (minor !== 0n) steps.push({ name, isSum: false, minor, from: at, to: at + minor });
      at += minor;
    }
  };
  const sum = (name: Step["name"]) => steps.push({ name, isSum: true, minor: at, from: 0n, to: at });
  walk(income);
  sum("income");
  walk(costs);
  sum("profit");
  walk(["capital_charge"]);
  sum("economic");
  return steps;
}

export function sumOf(parts: Parts, measure: "profit" | "economic"): bigint {
  const names: readonly PartName[] = [...income, ...costs, ...(measure === "economic" ? (["capital_charge"] as const) : [])];
  return names.reduce((sum, name) => sum + BigInt(parts[name]), 0n);
}
