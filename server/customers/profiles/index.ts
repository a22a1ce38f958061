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
