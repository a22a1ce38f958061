import type { readMatchingQuality } from "../../../server/customers/identity/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type Quality = AnswerOf<typeof readMatchingQuality>;
