/** A share from 0 to 1 as it is typed: "4.5". Nothing where there is none. */
export const percentOf = (value: number | boolean | null): string =>
  value === null ? "" : String(Number((100 * Number(value)).toFixed(3)));

export const shareOf = (text: string | null): number | null => (text === null ? null : Number((Number(text) / 100).toFixed(5)));
