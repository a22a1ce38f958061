import type { readCreditApplication } from "../../../server/intelligence/credit/applications/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type ApplicationAnswer = AnswerOf<typeof readCreditApplication>;
