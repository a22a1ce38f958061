import type { listModels, readCustomerScores, readModel, readModelVersion } from "../../server/intelligence/scores/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Model = AnswerOf<typeof listModels>["models"][number];
export type ModelDetail = AnswerOf<typeof readModel>;
export type VersionSummary = ModelDetail["versions"][number];
export type Training = ModelDetail["trainings"][number];
export type Watch = ModelDetail["watches"][number];
export type VersionDetail = AnswerOf<typeof readModelVersion>;
export type Report = VersionDetail["report"];
export type CustomerScores = AnswerOf<typeof readCustomerScores>;
export type Score = CustomerScores["scores"][number];
export type Reason = Score["reasons"][number];
export type Honesty = CustomerScores["honesty"][number];
