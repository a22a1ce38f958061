export { orderDueMails } from "./jobs.ts";
