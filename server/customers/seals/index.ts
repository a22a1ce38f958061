export { sealCustomer } from "./seal-customer.ts";
export { hasSeals, listLargestOf } from "./store.ts";
