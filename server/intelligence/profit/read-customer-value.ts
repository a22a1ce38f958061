import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { asParts } from "./amounts.ts";
import { listAppealsOf } from "./appeal-store.ts";
import * as store from "./read-store.ts";
import { monthAfter } from "./rules.ts";

/** Fails with not_allowed, not_found. */
export async function readCustomerValue(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "customer:read");
  const last = await store.readLastMonth(tx);
  const row = await store.readCustomer(tx, customerId, monthAfter(last ?? "2000-01-01", -11));
  if (row === null) throw new DomainError("not_found", "no such customer for this caller");
  const terms = await store.readTerms(tx, row.month ?? "9999-12-31");
  const appeals = await listAppealsOf(tx, caller.userId, customerId);
  await record(tx, {
    caller,
    action: "profit.customer_viewed",
    subjectKind: "customer",
    subjectIds: [customerId],
    fieldClasses: ["money"],
  });
  return {
    ...row,
    currency: terms?.currency ?? "EUR",
    parts: asParts(row.parts),
    volumeMinor: BigInt(row.volumeMinor),
    lifetime:
      row.lifetime === null
        ? null
        : {
            todayMinor: BigInt(row.lifetime.todayMinor),
            paymentsMinor: BigInt(row.lifetime.paymentsMinor),
            potentialMinor: BigInt(row.lifetime.potentialMinor),
            stays: row.lifetime.stays,
            horizonMonths: terms?.horizonMonths ?? 0,
          },
    tiers: terms?.tierRules.tiers.map(({ name }) => name) ?? [],
    appeals,
    trend: row.trend.map(({ month, profitMinor, economicMinor }) => ({
      month,
      profitMinor: BigInt(profitMinor),
      economicMinor: BigInt(economicMinor),
    })),
    holdings: row.holdings.map((holding) => ({ ...holding, parts: asParts(holding.parts) })),
  };
}

/** What the caller looks after is worth. Fails with not_allowed. */
export async function readOwnValue(tx: Tx, caller: Caller) {
  permit(caller, "customer:read");
  const month = await store.readLastMonth(tx);
  const terms = await store.readTerms(tx, month ?? "9999-12-31");
  const own = month === null ? null : await store.readOwn(tx);
  const movers =
    month === null || own === null || own.customers === 0
      ? []
      : await store.listMovers(tx, { month, half: monthAfter(month, -2), since: monthAfter(month, -5) });
  await record(tx, {
    ...{ caller, action: "profit.customer_viewed", subjectKind: "customer", fieldClasses: ["money"] as const },
    subjectIds: movers.map(({ customerId }) => customerId),
    detail: { own: true },
  });
  const nothing = { customers: 0, profitMinor: 0n, economicMinor: 0n, lifetimeMinor: 0n, potentialMinor: 0n, tiers: [] };
  const order = terms?.tierRules.tiers.map(({ name }) => name) ?? [];
  const sums = own ?? nothing;
  return {
    ...{ currency: terms?.currency ?? "EUR", month, ...sums, movers },
    tiers: sums.tiers.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
  };
}
