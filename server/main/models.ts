import { type ModelPlan, scorePlans } from "../intelligence/scores/index.ts";

/** Every purpose that models are trained for, by the modules that know what is learned from and what becomes of it. */
export const modelPlans: readonly ModelPlan[] = [...scorePlans];
