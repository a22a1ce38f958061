import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { permit } from "../permissions/index.ts";
import { type Colleague, type ColleagueQuery, PEOPLE_PAGE_ROWS, type Unit } from "./contract.ts";
import * as store from "./store.ts";

/** Fails with not_allowed. */
export async function listUnits(tx: Tx, caller: Caller): Promise<{ units: Unit[] }> {
  permit(caller, "organisation:read");
  return { units: await store.listUnits(tx) };
}

/** Fails with not_allowed. */
export async function listColleagues(tx: Tx, caller: Caller, query: ColleagueQuery): Promise<{ people: Colleague[]; next: string | null }> {
  permit(caller, "organisation:read");
  const found = await store.listColleagues(tx, query, PEOPLE_PAGE_ROWS + 1);
  const people = found.slice(0, PEOPLE_PAGE_ROWS);
  return { people, next: found.length > PEOPLE_PAGE_ROWS ? (people.at(-1)?.login ?? null) : null };
}
