import type { listQuarantine } from "../../../server/customers/intake/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type Row = AnswerOf<typeof listQuarantine>["rows"][number];
export type Group = AnswerOf<typeof listQuarantine>["groups"][number];
