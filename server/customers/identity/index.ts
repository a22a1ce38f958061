export { type JoinOrder, type JoinResult, joinByStrongKeys } from "./join-by-strong-keys.ts";
export { identityWorkTables } from "./store.ts";
