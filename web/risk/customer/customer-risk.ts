import type { readCustomerRisk } from "../../../server/intelligence/credit/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type CustomerRisk = AnswerOf<typeof readCustomerRisk>;
