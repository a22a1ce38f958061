export { groupsGone } from "./check-groups.ts";
export { countCustomers, countExactly, listCustomers, readPage } from "./list-customers.ts";
export { searchCustomers } from "./search-customers.ts";
export { readReach } from "./store.ts";
