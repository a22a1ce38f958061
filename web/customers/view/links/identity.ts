import type { readIdentity } from "../../../../server/customers/identity/contract.ts";
import type { AnswerOf } from "../../../ui/api.ts";

export type Identity = AnswerOf<typeof readIdentity>;
export type Member = Identity["members"][number];
export type LinkEvent = Identity["history"][number];
export type LookAlike = Identity["mayBeSame"][number];

/** From which probability on a phrase holds, the surest first. */
const sureFrom = [
  ["certain", 0.99],
  ["very_likely", 0.85],
  ["likely", 0.65],
  ["even", 0.4],
  ["unlikely", 0.15],
  ["very_unlikely", 0],
] as const;

export function surenessOf(probability: number): (typeof sureFrom)[number][0] {
  return sureFrom.find(([, from]) => probability >= from)?.[0] ?? "very_unlikely";
}

/** The probability behind so many points: each doubles the odds. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits);
}
