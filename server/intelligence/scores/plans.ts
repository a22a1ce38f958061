import { churnPlan } from "./churn/churn-plan.ts";
import type { ModelPlan } from "./model-plan.ts";
import { nextProductPlan } from "./next-product/next-product-plan.ts";

/** The purposes of this module; others bring theirs to main/models.ts. */
export const scorePlans: readonly ModelPlan[] = [churnPlan, nextProductPlan];
