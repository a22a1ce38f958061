import { creditPlan } from "../intelligence/credit/index.ts";
import { fraudPlan } from "../intelligence/fraud/index.ts";
import { type ModelPlan, scorePlans } from "../intelligence/scores/index.ts";

/** Every purpose that models are trained for, by the modules that know what is learned from and what becomes of it. */
export const modelPlans: readonly ModelPlan[] = [...scorePlans, creditPlan, fraudPlan];
