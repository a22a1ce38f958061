import type { CustomerTraits } from "./population-store.ts";

const AGES = [30, 45, 60, 75] as const;

/** By what a model is looked at for where it fails: branch, language, kind, sex, age. `years`: of each row's day. */
export function groupsOf(
  rows: readonly { readonly traits: CustomerTraits | undefined; readonly year: number }[],
): Record<string, (string | null)[]> {
  return {
    branch: rows.map(({ traits }) => traits?.branch ?? null),
    language: rows.map(({ traits }) => traits?.language ?? null),
    kind: rows.map(({ traits }) => traits?.kind ?? null),
    sex: rows.map(({ traits }) => traits?.sex ?? null),
    age: rows.map(({ traits, year }) => (traits?.bornYear == null ? null : ageBand(year - traits.bornYear))),
  };
}

function ageBand(years: number): string {
  const next = AGES.findIndex((age) => years < age);
  if (next === 0) return `under_${AGES[0]}`;
  return next < 0 ? `from_${AGES.at(-1)}` : `${AGES[next - 1]}_to_${(AGES[next] as number) - 1}`;
}
