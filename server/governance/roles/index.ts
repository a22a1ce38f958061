export { listGrants } from "./grant-store.ts";
export { dayOf } from "./rules.ts";
