export { sealCustomer } from "./seal-customer.ts";
export { findLargestOf, hasSeals } from "./store.ts";
