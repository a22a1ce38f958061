// breaks: nothing
export { sql } from "kysely";
