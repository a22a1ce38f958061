// breaks: nothing
export type { Lead } from "../leads/contract.ts";
export { name } from "../leads/index.ts";
