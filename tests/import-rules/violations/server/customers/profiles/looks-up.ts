// breaks: customers-looks-down-only
export { name } from "../../interactions/timeline/index.ts";
