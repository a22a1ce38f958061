/** From which probability on a phrase holds, the surest first. */
const sureFrom = [
  ["certain", 0.99],
  ["very_likely", 0.85],
  ["likely", 0.65],
  ["even", 0.4],
  ["unlikely", 0.15],
  ["very_unlikely", 0],
] as const;

/** The phrase for a probability between 0 and 1. */
export function surenessOf(probability: number): (typeof sureFrom)[number][0] {
  return sureFrom.find(([, from]) => probability >= from)?.[0] ?? "very_unlikely";
}
