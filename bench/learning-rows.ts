import { categoryColumn, numberColumn, seededRandom, type Table } from "../server/intelligence/learning/index.ts";

/** Rows as a bank's might be, and what they follow: for tests and measurements. */
export interface SyntheticRows {
  readonly table: Table;
  readonly target: Float64Array;
  /** Log-odds each target was drawn with: no model can rank better. */
  readonly logOdds: Float64Array;
}

/** Sixteen columns: nine numbers (one with gaps, two of noise, whole and skewed ones), seven categories of 2 to 300 values, an interaction. */
export function syntheticRows(rows: number, seed: number): SyntheticRows {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const numbers = (draw: () => number) => Float64Array.from({ length: rows }, draw);
  const codes = (count: number, lean: number) => Int32Array.from({ length: rows }, () => Math.floor(random() ** lean * count));
  const age = numbers(() => 18 + Math.floor(random() * 60));
  const balance = numbers(() => Math.round(Math.exp(normal() * 1.5 + 7)));
  const gaps = numbers(() => (random() < 0.2 ? Number.NaN : normal()));
  const more = Array.from({ length: 6 }, () => numbers(normal));
  const kinds = [2, 3, 4, 8, 12, 40, 300].map((count) => ({ count, codes: codes(count, 1.7) }));
  const effects = kinds.map(({ count }) => Float64Array.from({ length: count }, () => 0.7 * normal()));
  const logOdds = Float64Array.from({ length: rows }, (_, row) => {
    const wealth = Math.log(1 + (balance[row] as number)) - 7;
    const young = (age[row] as number) < 30 ? 1 : -0.3;
    const missing = Number.isNaN(gaps[row]) ? 0.9 : 0.6 * (gaps[row] as number);
    const plain = more.slice(0, 4).reduce((sum, list, place) => sum + ([0.4, -0.3, 0.2, 0.1][place] as number) * (list[row] as number), 0);
    const byKind = kinds.reduce((sum, kind, place) => sum + ((effects[place] as Float64Array)[kind.codes[row] as number] as number), 0);
    return (
      -1.6 +
      0.8 * wealth * young +
      missing +
      1.4 * plain +
      byKind +
      0.5 * Number(((more[0] as Float64Array)[row] as number) > 0 && wealth > 0)
    );
  });
  const target = logOdds.map((odds) => Number(random() < 1 / (1 + Math.exp(-odds))));
  const columns = [
    numberColumn("age", age),
    numberColumn("balance", balance),
    numberColumn("gaps", gaps),
    ...more.map((values, place) => numberColumn(`number${place + 1}`, values)),
    ...kinds.map(({ count, codes: of }) =>
      categoryColumn(
        `kind${count}`,
        Array.from(of, (code) => `${count}-${code}`),
      ),
    ),
  ];
  return { table: { rows, columns }, target, logOdds };
}
