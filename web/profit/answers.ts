import type { readCustomerValue, readProfit } from "../../server/intelligence/profit/contract.ts";
import type { readParameters } from "../../server/intelligence/profit/parameters/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type CustomerValue = AnswerOf<typeof readCustomerValue>;
export type Profit = AnswerOf<typeof readProfit>;
export type ReadVersion = AnswerOf<typeof readParameters>;
