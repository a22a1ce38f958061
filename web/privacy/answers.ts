import type { listPurposes, readConsents } from "../../server/customers/consents/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

type Answer = AnswerOf<typeof readConsents>;
export type Standing = Answer["standing"][number];
export type CustomerRecord = Answer["records"][number];
export type Entry = Answer["history"][number];
export type Purpose = AnswerOf<typeof listPurposes>["purposes"][number];
