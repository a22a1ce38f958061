export { readReach, readSummary } from "./store.ts";
