import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { checkGroups } from "./check-groups.ts";
import { type CustomerSort, type CustomerSummary, EXACT_COUNT_MAX, type Filter } from "./contract.ts";
import { readCursor, writeCursor } from "./rules.ts";
import * as store from "./store.ts";

interface CustomerCount {
  readonly count: number;
  readonly exact: boolean;
  readonly totals: { currency: string; assetsMinor: bigint; debtsMinor: bigint }[];
}

export interface ListCustomersRequest {
  readonly filter?: Filter | undefined;
  readonly sort: CustomerSort;
  readonly direction: "ascending" | "descending";
  readonly after?: string | undefined;
  readonly rows: number;
}

/** One page of the customers in the caller's reach; who was shown is audited. Fails with not_allowed, invalid_input (a cursor of another list, a group that is not there). */
export async function listCustomers(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  request: ListCustomersRequest,
): Promise<{ customers: CustomerSummary[]; next: string | null }> {
  permit(caller, "customer:read");
  const page = await readPage(tx, clock, request);
  await record(tx, {
    caller,
    action: "customer.listed",
    fieldClasses: ["name", "contact", "money"],
    subjectKind: "customer",
    subjectIds: page.customers.map((row) => row.customerId),
    query: request,
  });
  return page;
}

/** The page by itself, for callers that check the permission and record what was shown themselves. Fails with invalid_input. */
export async function readPage(
  tx: Tx,
  clock: Clock,
  request: ListCustomersRequest,
): Promise<{ customers: CustomerSummary[]; next: string | null }> {
  const after = request.after === undefined ? null : readCursor(request.after, request.sort);
  if (request.after !== undefined && after === null)
    throw new DomainError("invalid_input", "not a cursor of this list", { fields: [{ path: "?after", reason: "invalid_cursor" }] });
  await checkGroups(tx, request.filter);
  const reach = await store.readReach(tx);
  const { filter, sort, direction, rows } = request;
  const found = await store.listCustomers(tx, reach, { filter, sort, direction, after, rows: rows + 1, today: todayOf(clock) });
  const shown = found.slice(0, rows);
  const last = shown.at(-1);
  return {
    customers: shown.map(({ sortValue: _, ...customer }) => customer),
    next: found.length > rows && last !== undefined ? writeCursor({ value: last.sortValue, customerId: last.customerId }) : null,
  };
}

const TOTALS_MAX = 50;

/** How many fit and what they have and owe; up to 10,000 counted, beyond that the planner's estimate alone. Fails with not_allowed, invalid_input (a group that is not there). */
export async function countCustomers(tx: Tx, caller: Caller, clock: Clock, filter: Filter | undefined): Promise<CustomerCount> {
  permit(caller, "customer:read");
  await checkGroups(tx, filter);
  const reach = await store.readReach(tx);
  const today = todayOf(clock);
  const groups = await store.countUpTo(tx, reach, filter, today, EXACT_COUNT_MAX);
  const counted = groups.reduce((sum, group) => sum + group.count, 0);
  await record(tx, { caller, action: "customer.counted", subjectKind: "customer", query: filter ?? null });
  if (counted <= EXACT_COUNT_MAX) {
    const totals = groups.flatMap(({ currency, assetsMinor, debtsMinor }) =>
      currency === null ? [] : [{ currency, assetsMinor, debtsMinor }],
    );
    return { count: counted, exact: true, totals: totals.slice(0, TOTALS_MAX) };
  }
  const estimate = await store.estimateCount(tx, reach, filter, today);
  return { count: Math.max(roughly(estimate), EXACT_COUNT_MAX + 1), exact: false, totals: [] };
}

/** Counted, never estimated, up to `max` + 1. For callers that check the permission themselves. Fails with invalid_input. */
export async function countExactly(tx: Tx, clock: Clock, filter: Filter | undefined, max: number): Promise<number> {
  await checkGroups(tx, filter);
  const groups = await store.countUpTo(tx, await store.readReach(tx), filter, todayOf(clock), max);
  return groups.reduce((sum, group) => sum + group.count, 0);
}

export async function readFilterChoices(tx: Tx, caller: Caller) {
  permit(caller, "customer:read");
  return store.readChoices(tx, await store.readReach(tx));
}

/** Three digits: statistics are of all rows, and one customer more or less, whom the caller may not see, does not move them. */
function roughly(estimate: number): number {
  return Number(estimate.toPrecision(3));
}

function todayOf(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}
