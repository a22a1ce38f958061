import type { Definition, Figure, MeasureChoice, Place, Result } from "../answers.ts";
import type { ReportWords } from "../words.ts";

export interface ShownMeasure {
  readonly take: Definition["measures"][number]["take"];
  readonly choice: MeasureChoice | undefined;
}

/** What each way of showing a report is given. */
export interface Shown {
  readonly definition: Definition;
  readonly result: Result;
  readonly measures: readonly ShownMeasure[];
  readonly words: ReportWords;
  /** On a dashboard: what there is room for. */
  readonly short: boolean;
  readonly onOpen?: ((place: Place, title: string) => void) | undefined;
}

export const figureAt = (result: Result, row: number | null, column: number | null): Figure | undefined =>
  result.figures.find((figure) => figure.row === row && figure.column === column);

/** The keys of a number, as the server asks for them. */
export function placeOf({ rows, columns }: Result, { row, column }: Pick<Figure, "row" | "column">): Place {
  return {
    ...(row === null ? {} : { row: rows[row]?.key ?? null }),
    ...(column === null ? {} : { column: columns[column]?.key ?? null }),
  };
}

/** What a number is of: "Gold · 25–34". */
export function titleOf({ definition, result, words }: Shown, { row, column }: Pick<Figure, "row" | "column">): string {
  const names = [
    ...(row === null ? [] : [words.group(definition.rows, result.rows[row] ?? { key: null, name: null })]),
    ...(column === null ? [] : [words.group(definition.columns, result.columns[column] ?? { key: null, name: null })]),
  ];
  return names.map((name) => `\u2068${name}\u2069`).join(" · ");
}

export const measureTitle = (words: ReportWords, { choice, take }: ShownMeasure): string =>
  choice === undefined ? "" : words.taken(choice, take);

/** By how much more or less than before, as a share; null where there was nothing. */
export function changeOf(value: string | null | undefined, before: string | null | undefined): number | null {
  const [now, then] = [Number(value ?? Number.NaN), Number(before ?? Number.NaN)];
  return !Number.isFinite(now) || !Number.isFinite(then) || then === 0 ? null : (now - then) / Math.abs(then);
}
