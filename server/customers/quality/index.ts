export { orderStock } from "./jobs.ts";
export { refreshBatch as refreshQuality } from "./refresh-store.ts";
export { takeStock } from "./take-stock.ts";
