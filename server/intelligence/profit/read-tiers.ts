import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { readLastMonth, readTerms } from "./read-store.ts";
import * as store from "./tier-list-store.ts";

/** Of the customers the caller sees. Fails with not_allowed. */
export async function readTiers(tx: Tx, caller: Caller) {
  permit(caller, "profit:read");
  const terms = await readTerms(tx, (await readLastMonth(tx)) ?? "9999-12-31");
  const found = await store.readDistribution(tx);
  const months = await store.readMoves(tx);
  await record(tx, { caller, action: "tier.viewed", subjectKind: "tier" });
  const order = terms?.tierRules.tiers.map(({ name }) => name) ?? [];
  const rest = found.filter(({ name }) => !order.includes(name));
  const none = { customers: 0, profitMinor: 0n, volumeMinor: 0n, atRisk: 0 };
  return {
    ...{ currency: terms?.currency ?? "EUR", rules: terms?.tierRules ?? null, versionNo: terms?.versionNo ?? null, months },
    tiers: [...order.map((name) => found.find((tier) => tier.name === name) ?? { name, ...none }), ...rest].slice(0, 20),
  };
}

/** Fails with not_allowed, invalid_input (a made-up cursor). */
export async function listTierMoves(
  tx: Tx,
  caller: Caller,
  { move, after, rows }: { move?: "rise" | "fall" | undefined; after?: string | undefined; rows: number },
) {
  permit(caller, "profit:read");
  const [, onDay, moveId] = /^(\d{4}-\d{2}-\d{2})_([0-9a-f-]{36})$/.exec(after ?? "") ?? [];
  if (after !== undefined && (onDay === undefined || moveId === undefined))
    throw new DomainError("invalid_input", "not a cursor", { fields: [{ path: "?after", reason: "invalid_cursor" }] });
  const found = await store.listMoves(tx, move ?? null, onDay === undefined || moveId === undefined ? null : { onDay, moveId }, rows + 1);
  const moves = found.slice(0, rows);
  const last = moves.at(-1);
  const subjectIds = moves.map(({ customerId }) => customerId);
  await record(tx, { caller, action: "tier.moves_listed", subjectKind: "customer", subjectIds });
  return { moves, next: found.length > rows && last !== undefined ? `${last.onDay}_${last.moveId}` : null };
}
