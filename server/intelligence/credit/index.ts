export { activatePolicyAct } from "./policy/propose-policy.ts";
export { creditPlan } from "./rating/credit-plan.ts";
export type { CreditOrder } from "./rating/rate-customers.ts";
export { refreshCredit } from "./refresh-credit.ts";
