export { expireReports } from "./store.ts";
