import type { listAlerts, viewAlert } from "../../server/intelligence/fraud/alerts/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Alert = AnswerOf<typeof listAlerts>["alerts"][number];
export type AlertView = AnswerOf<typeof viewAlert>;
export type AlertPayment = AlertView["payments"][number];
