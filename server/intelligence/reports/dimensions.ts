import type { Caller } from "../../platform/caller/index.ts";
import { type Fact, factOf, factsFor } from "../facts/index.ts";
import type { DimensionChoice } from "./contract.ts";

export type DimensionKind = DimensionChoice["kind"];

/** By what customers can be grouped. */
export interface Dimension {
  readonly key: string;
  readonly kind: DimensionKind;
  /** The right to see it, beside the customers; null: none. */
  readonly permission: string | null;
  /** A customer can be in several of its groups. */
  readonly overlaps: boolean;
  /** Lower bounds of bands, in years. */
  readonly bounds: readonly number[] | null;
}

const plain = { permission: null, overlaps: false, bounds: null } as const;

/** What is no code of a fact. A month exists only for what moved. */
const special: readonly Dimension[] = [
  { ...plain, key: "branch", kind: "unit" },
  { ...plain, key: "region", kind: "unit" },
  { ...plain, key: "member", kind: "segment", permission: "segment:read", overlaps: true },
  { ...plain, key: "product", kind: "product", overlaps: true },
  { ...plain, key: "age", kind: "years", bounds: [0, 18, 25, 35, 45, 55, 65, 75] },
  { ...plain, key: "tenure", kind: "years", bounds: [0, 1, 3, 5, 10, 20] },
  { ...plain, key: "month", kind: "month", overlaps: true },
];

/** Facts of how many are held, by which the dimension `product` groups. */
export const heldKeys = [
  "accounts_held",
  "savings_accounts_held",
  "deposits_held",
  "cards_held",
  "loans_held",
  "mortgages_held",
  "credit_lines_held",
  "investments_held",
  "insurances_held",
] as const;

const ofFact = ({ key, kind, permission }: Fact): Dimension[] =>
  kind === "code" || kind === "flag" ? [{ ...plain, key, kind, permission }] : [];

/** The dimensions there are for the caller, by key; any other is refused. */
export function dimensionsFor(caller: Pick<Caller, "permissions">): ReadonlyMap<string, Dimension> {
  const own = special.filter(({ permission }) => permission === null || caller.permissions.has(permission));
  return new Map([...own, ...factsFor(caller).flatMap(ofFact)].map((dimension) => [dimension.key, dimension]));
}

export function toChoice({ key, kind, overlaps, bounds }: Dimension): DimensionChoice {
  const codes = kind === "code" ? factOf(key).codes : kind === "product" ? heldKeys : (bounds?.map(String) ?? null);
  return { key, kind, overlaps, codes: codes === null ? null : [...codes] };
}
