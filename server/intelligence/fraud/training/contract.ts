import { z } from "zod";
import { Instant } from "../../../platform/clock/contract.ts";
import { endpoint } from "../../../platform/http/contract.ts";

const tag = "fraud";
const Ranked = z.object({ auc: z.number(), averagePrecision: z.number() });

export const FraudModel = z.object({
  modelNo: z.int(),
  state: z.enum(["trained", "live", "retired"]),
  metrics: Ranked.extend({
    from: z.string(),
    until: z.string(),
    payments: z.int(),
    frauds: z.int(),
    judgedFrom: z.string(),
    judgedPayments: z.int(),
    judgedFrauds: z.int(),
    baseline: Ranked,
  }),
  trainedByName: z.string().nullable(),
  trainedAt: Instant,
  approvedByName: z.string().nullable(),
  approvedAt: Instant.nullable(),
});
export type FraudModel = z.infer<typeof FraudModel>;

export const listFraudModels = endpoint({
  name: "listFraudModels",
  tag,
  method: "GET",
  path: "/api/fraud/models",
  summary: "Fraud scores, newest first, with how they stood up on later payments",
  access: "fraud:read",
  answer: z.object({ models: z.array(FraudModel).max(50) }),
});

export const trainFraudModel = endpoint({
  name: "trainFraudModel",
  tag,
  method: "POST",
  path: "/api/fraud/models",
  summary: "Have a fraud score learned from the bank's own cases",
  access: "model:train",
  answer: z.object({ ordered: z.boolean() }),
});

export const activateFraudModel = endpoint({
  name: "activateFraudModel",
  tag,
  method: "POST",
  path: "/api/fraud/models/:modelNo/activate",
  summary: "Put a fraud score trained by somebody else into force, or an earlier one back",
  access: "model:approve",
  params: z.strictObject({ modelNo: z.coerce.number().int().min(1).max(2_147_483_647) }),
  answerKind: "none",
  errors: ["not_found", "invalid_state", "step_up_needed"],
});
