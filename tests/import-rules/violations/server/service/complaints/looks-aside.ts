// breaks: service-looks-down-only
export { name } from "../../sales/leads/index.ts";
