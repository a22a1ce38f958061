export { readSummary } from "./store.ts";
