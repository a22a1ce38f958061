export { type JoinResult, joinByStrongKeys } from "./join-by-strong-keys.ts";
export type { JoinOrder } from "./join-order.ts";
export { identityWorkTables } from "./store.ts";
