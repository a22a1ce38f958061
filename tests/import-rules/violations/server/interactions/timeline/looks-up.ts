// breaks: interactions-looks-down-only
export { name } from "../../intelligence/facts/index.ts";
