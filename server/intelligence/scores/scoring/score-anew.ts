import type { RefreshOrder } from "../../facts/index.ts";
import type { ModelPlan } from "../model-plan.ts";
import { scoreCustomers } from "./score-customers.ts";

/** Everybody scored by what serves for a purpose now: here, or where the purpose gives its scores. */
export async function scoreAnew(order: RefreshOrder, plans: readonly ModelPlan[], modelId: string): Promise<void> {
  const plan = plans.find((one) => one.modelId === modelId);
  if (plan?.rescore !== undefined) await plan.rescore(order);
  else await scoreCustomers({ ...order, plans, onlyModel: modelId });
}
