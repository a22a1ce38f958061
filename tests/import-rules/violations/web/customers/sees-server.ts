// breaks: web-sees-contracts-only
export { name } from "../../server/customers/profiles/index.ts";
