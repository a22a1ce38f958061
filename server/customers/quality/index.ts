export { orderStock } from "./jobs.ts";
export { refreshBatch as refreshQuality, refreshCustomers as refreshQualityOf } from "./refresh-store.ts";
export { takeStock } from "./take-stock.ts";
