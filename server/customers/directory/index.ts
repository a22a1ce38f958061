export { countCustomers } from "./list-customers.ts";
export { readReach, readSummary } from "./store.ts";
