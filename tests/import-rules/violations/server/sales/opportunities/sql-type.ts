// breaks: sql-lives-in-stores
export type { Pool } from "pg";
