import type { listQualityWork, readQuality } from "../../server/customers/quality/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Quality = AnswerOf<typeof readQuality>;
export type WorkCustomer = AnswerOf<typeof listQualityWork>["customers"][number];
