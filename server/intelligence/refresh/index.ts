export { orderNightlyRefresh } from "./jobs.ts";
export { type Refreshed, runRefresh } from "./run-refresh.ts";
export type { RefreshStep } from "./steps.ts";
