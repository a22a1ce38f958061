// breaks: nothing
export { name } from "../management/pilots/index.ts";
export { listLeads } from "../sales/leads/routes.ts";
export const wiring = true;
