export { decidedBy } from "./rules.ts";
export { viewCustomer } from "./view-customer.ts";
