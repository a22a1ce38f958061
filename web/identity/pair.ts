import type { explainPair, listDoubts } from "../../server/customers/identity/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Doubts = AnswerOf<typeof listDoubts>;
export type Pair = Doubts["pairs"][number];
export type SideOf = Pair["a"];
export type Explanation = AnswerOf<typeof explainPair>;

/** Two records, named the same whichever stands first. */
export function pairKey({ a, b }: { readonly a: string; readonly b: string }): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

export function keyOfPair(pair: Pick<Pair, "a" | "b">): string {
  return pairKey({ a: pair.a.partyId, b: pair.b.partyId });
}
