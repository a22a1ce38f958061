export { type Learned, learnCredit } from "./rating/learn-credit.ts";
export type { CreditOrder } from "./rating/rate-customers.ts";
export { refreshCredit } from "./refresh-credit.ts";
