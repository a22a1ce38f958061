import type { readIdentity } from "../../../../server/customers/identity/contract.ts";
import type { AnswerOf } from "../../../ui/api.ts";

export type Identity = AnswerOf<typeof readIdentity>;
export type Member = Identity["members"][number];
export type LinkEvent = Identity["history"][number];
export type LookAlike = Identity["mayBeSame"][number];

/** The probability behind so many points: each doubles the odds. */
export function probabilityOf(bits: number): number {
  return 1 / (1 + 2 ** -bits);
}
