import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Tx, together } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { BALANCE_POINTS_MAX, type Transaction, type TransactionFilter } from "./contract.ts";
import { readTransactionCursor, writeTransactionCursor } from "./rules.ts";
import * as store from "./store.ts";

/** A page, newest first. Fails with not_allowed, not_found, invalid_input (a made-up cursor). */
export async function listTransactions(
  tx: Tx,
  caller: Caller,
  customerId: string,
  request: TransactionFilter & { after?: string | undefined; rows: number },
): Promise<{ transactions: Transaction[]; next: string | null }> {
  permit(caller, "customer:read");
  const page = await readTransactionPage(tx, customerId, request);
  const { after: _, rows: __, ...query } = request;
  await shown(tx, caller, { action: "transaction.listed", customerId, rows: page.transactions.length, query });
  return page;
}

/** The page by itself, for callers that check the permission and record what was shown themselves. Fails with not_found, invalid_input. */
export async function readTransactionPage(
  tx: Tx,
  customerId: string,
  request: TransactionFilter & { after?: string | undefined; rows: number },
): Promise<{ transactions: Transaction[]; next: string | null }> {
  const { after: cursor, rows, ...filter } = request;
  const after = cursor === undefined ? null : readTransactionCursor(cursor);
  if (cursor !== undefined && after === null)
    throw new DomainError("invalid_input", "not a cursor", { fields: [{ path: "?after", reason: "invalid_cursor" }] });
  const keys = await holdingsOf(tx, customerId, filter);
  const found = keys.length === 0 ? [] : await together(tx, (all) => store.listTransactions(all, keys, filter, after, rows + 1));
  const transactions = found.slice(0, rows);
  const last = transactions.at(-1);
  return { transactions, next: found.length > rows && last !== undefined ? writeTransactionCursor(last) : null };
}

/** Fails with not_allowed, not_found. */
export async function totalTransactions(tx: Tx, caller: Caller, customerId: string, filter: TransactionFilter) {
  permit(caller, "customer:read");
  const keys = await holdingsOf(tx, customerId, filter);
  await shown(tx, caller, { action: "transaction.totalled", customerId, query: filter });
  const rows = keys.length === 0 ? [] : await together(tx, (all) => store.totalTransactions(all, keys, filter));
  const of = (facet: store.FacetRow["facet"]) => rows.filter((row) => row.facet === facet).map(({ facet: _, ...row }) => row);
  return { totals: of("total").slice(0, 50), categories: of("category").slice(0, 200), channels: of("channel").slice(0, 200) };
}

/** For callers that check the permission themselves. Fails with not_found. */
export async function countTransactions(tx: Tx, customerId: string, filter: TransactionFilter): Promise<number> {
  const keys = await holdingsOf(tx, customerId, filter);
  if (keys.length === 0) return 0;
  const rows = await together(tx, (all) => store.totalTransactions(all, keys, filter));
  return rows.filter(({ facet }) => facet === "total").reduce((sum, { count }) => sum + count, 0);
}

/** Fails with not_allowed, not_found. */
export async function readBalanceSeries(
  tx: Tx,
  caller: Caller,
  customerId: string,
  request: { holdingId?: string | undefined; from?: string | undefined; to?: string | undefined },
) {
  permit(caller, "customer:read");
  const keys = await holdingsOf(tx, customerId, request);
  const points =
    keys.length === 0 ? [] : await together(tx, (all) => store.readBalancePoints(all, keys, request.from, request.to, BALANCE_POINTS_MAX));
  await shown(tx, caller, { action: "balance.viewed", customerId, rows: points.length, query: request });
  const byHolding = Map.groupBy(points, (point) => point.holdingId);
  const series = keys.flatMap(({ holdingId, currency }) => {
    const own = byHolding.get(holdingId) ?? [];
    return own.length === 0 ? [] : [{ holdingId, currency, points: own.map(({ on, amountMinor }) => ({ on, amountMinor })) }];
  });
  return { series: series.slice(0, 100) };
}

interface Shown {
  readonly action: string;
  readonly customerId: string;
  readonly rows?: number;
  readonly query: unknown;
}

async function shown(tx: Tx, caller: Caller, { customerId, ...entry }: Shown): Promise<void> {
  await record(tx, { caller, subjectKind: "customer", subjectIds: [customerId], fieldClasses: ["money", "transaction"], ...entry });
}

async function holdingsOf(tx: Tx, customerId: string, query: { readonly holdingId?: string | undefined }) {
  const keys = await store.listHoldingKeys(tx, customerId, query.holdingId);
  if (keys === null || (query.holdingId !== undefined && keys.length === 0))
    throw new DomainError("not_found", "no such customer or holding for this caller");
  return keys;
}
