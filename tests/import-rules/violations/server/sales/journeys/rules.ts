// breaks: rules-are-pure
export { sql } from "../../platform/db/index.ts";
