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
  const { after: cursor, rows, ...filter } = request;
  const after = cursor === undefined ? null : readTransactionCursor(cursor);
  if (cursor !== undefined && after === null)
    throw new DomainError("invalid_input", "not a cursor", { fields: [{ path: "?after", reason: "invalid_cursor" }] });
  const keys = await holdingsOf(tx, caller, customerId, "transaction.listed", filter);
  const found = keys.length === 0 ? [] : await together(tx, (all) => store.listTransactions(all, keys, filter, after, rows + 1));
  const transactions = found.slice(0, rows);
  const last = transactions.at(-1);
  return { transactions, next: found.length > rows && last !== undefined ? writeTransactionCursor(last) : null };
}

/** Fails with not_allowed, not_found. */
export async function totalTransactions(tx: Tx, caller: Caller, customerId: string, filter: TransactionFilter) {
  const keys = await holdingsOf(tx, caller, customerId, "transaction.totalled", filter);
  const rows = keys.length === 0 ? [] : await together(tx, (all) => store.totalTransactions(all, keys, filter));
  const of = (facet: store.FacetRow["facet"]) => rows.filter((row) => row.facet === facet).map(({ facet: _, ...row }) => row);
  return { totals: of("total").slice(0, 50), categories: of("category").slice(0, 200), channels: of("channel").slice(0, 200) };
}

/** Fails with not_allowed, not_found. */
export async function readBalanceSeries(
  tx: Tx,
  caller: Caller,
  customerId: string,
  request: { holdingId?: string | undefined; from?: string | undefined; to?: string | undefined },
) {
  const keys = await holdingsOf(tx, caller, customerId, "balance.viewed", request);
  const points =
    keys.length === 0 ? [] : await together(tx, (all) => store.readBalancePoints(all, keys, request.from, request.to, BALANCE_POINTS_MAX));
  const byHolding = Map.groupBy(points, (point) => point.holdingId);
  const series = keys.flatMap(({ holdingId, currency }) => {
    const own = byHolding.get(holdingId) ?? [];
    return own.length === 0 ? [] : [{ holdingId, currency, points: own.map(({ on, amountMinor }) => ({ on, amountMinor })) }];
  });
  return { series: series.slice(0, 100) };
}

async function holdingsOf(tx: Tx, caller: Caller, customerId: string, action: string, query: { readonly holdingId?: string | undefined }) {
  permit(caller, "customer:read");
  const keys = await store.listHoldingKeys(tx, customerId, query.holdingId);
  if (keys === null || (query.holdingId !== undefined && keys.length === 0))
    throw new DomainError("not_found", "no such customer or holding for this caller");
  await record(tx, { caller, action, subjectKind: "customer", subjectIds: [customerId], query, fieldClasses: ["money", "transaction"] });
  return keys;
}
