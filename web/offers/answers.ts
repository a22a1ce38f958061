import type { readNextAction, readOffers } from "../../server/intelligence/offers/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Next = AnswerOf<typeof readNextAction>;
export type Offers = AnswerOf<typeof readOffers>;

export const kindTones = { duty: "bad", care: "warn", sale: "accent" } as const;
