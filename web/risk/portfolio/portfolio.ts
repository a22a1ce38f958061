import type { readCreditPortfolio } from "../../../server/intelligence/credit/portfolio/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";

export type Portfolio = AnswerOf<typeof readCreditPortfolio>;
