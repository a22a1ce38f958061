export { noteReversal, type RefreshProgress, refreshAfterLoad, refreshAfterReversal, refreshInside } from "./refresh-customers.ts";
export type { GoldenPaths } from "./refresh-golden.ts";
