// breaks: nothing
import type { Kysely } from "kysely";
export const leads: Kysely<unknown>[] = [];
