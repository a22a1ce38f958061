// breaks: nothing
export { Lead } from "../../server/sales/leads/contract.ts";
export { Money } from "../ui/money.ts";
