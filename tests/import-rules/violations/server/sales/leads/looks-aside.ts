// breaks: sales-looks-down-only
export { name } from "../../service/complaints/index.ts";
