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
export type { GoldenPaths } from "./refresh-golden.ts";
