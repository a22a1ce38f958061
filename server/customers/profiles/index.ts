export { type Changes, takeChanges } from "./changes.ts";
export { customerChanged } from "./customer-changed.ts";
export {
  noteReversal,
  type RefreshOrder,
  type RefreshProgress,
  refreshAfterLoad,
  refreshAfterReversal,
  refreshCustomers,
  refreshCustomersInside,
  refreshInside,
} from "./refresh-customers.ts";
export { type GoldenPaths, holdGolden } from "./refresh-golden.ts";
export { searchBlinds } from "./refresh-search.ts";
