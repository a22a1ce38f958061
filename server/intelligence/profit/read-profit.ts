import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { checkSegment } from "../segments/index.ts";
import { whaleCurve } from "../value/index.ts";
import { asParts, noParts } from "./amounts.ts";
import type { Slice } from "./contract.ts";
import * as store from "./read-store.ts";
import { MONTHS_KEPT, monthAfter, monthsUntil } from "./rules.ts";

/**
 * Profit of the customers the caller sees, and of nobody else. Fails with not_allowed, invalid_input (a month that is not kept, a
 * segment that does not exist for the caller).
 */
export async function readProfit(tx: Tx, caller: Caller, { measure, ...slice }: Slice & { measure: "profit" | "economic" }) {
  permit(caller, "profit:read");
  if (slice.memberOf !== undefined) await checkSegment(tx, slice.memberOf);
  const last = await store.readLastMonth(tx);
  const part = last === null ? null : partOf(slice, last);
  const terms = await store.readTerms(tx, part?.month ?? "9999-12-31");
  const groups = part === null ? [] : await store.readGroups(tx, part);
  const curve = whaleCurve(part === null ? [] : await store.readProfits(tx, part, measure));
  const products = part === null ? [] : await store.readProducts(tx, part);
  await record(tx, { caller, action: "profit.viewed", subjectKind: "profit", query: { ...slice, measure } });
  const all = groups.find(({ facet }) => facet === "all");
  const of = (facet: store.GroupRow["facet"]) => groups.filter((group) => group.facet === facet);
  return {
    currency: terms?.currency ?? "EUR",
    month: part?.month ?? null,
    months: last === null ? [] : monthsUntil(last).toReversed(),
    customers: all?.customers ?? 0,
    parts: all === undefined ? noParts : asParts(all.parts),
    unpriced: all?.unpriced ?? 0,
    curve: { ...pick(curve), points: [...curve.points] },
    branches: of("branch").map(({ key, name, customers, parts }) => ({ branchId: key, name, customers, parts: asParts(parts) })),
    tiers: of("tier").map(({ name, customers, parts }) => ({ name, customers, parts: asParts(parts) })),
    segments: of("segment").map(({ name, customers, parts }) => ({ name: name ?? "", customers, parts: asParts(parts) })),
    products: products.map((product) => ({ ...product, parts: asParts(product.parts) })),
  };
}

const pick = ({ totalMinor, topFifth, eightyPercentAt, peak, gini, destroyers }: ReturnType<typeof whaleCurve>) => ({
  ...{ totalMinor, topFifth, eightyPercentAt, peak, gini, destroyers },
});

/** The customers behind a stretch of the curve, who are counted as shown. Fails with not_allowed, invalid_input, limit_reached. */
export async function listProfitCustomers(
  tx: Tx,
  caller: Caller,
  request: Slice & {
    measure: "profit" | "economic";
    from: number;
    to: number;
    order: "best" | "worst";
    after?: number | undefined;
    rows: number;
  },
) {
  permit(caller, "profit:read");
  const { measure, from, to, order, after, rows, ...slice } = request;
  if (slice.memberOf !== undefined) await checkSegment(tx, slice.memberOf);
  const last = await store.readLastMonth(tx);
  const part = last === null ? null : partOf(slice, last);
  const terms = await store.readTerms(tx, part?.month ?? "9999-12-31");
  const found = part === null ? [] : await store.listPlaces(tx, part, { measure, from, to, order, after: after ?? null, rows: rows + 1 });
  const customers = found.slice(0, rows);
  const subjectIds = customers.map(({ customerId }) => customerId);
  await record(tx, { caller, action: "profit.listed", subjectKind: "customer", subjectIds, fieldClasses: ["money"], query: request });
  return { currency: terms?.currency ?? "EUR", customers, next: found.length > rows ? (customers.at(-1)?.place ?? null) : null };
}

function partOf(slice: Slice, last: string): store.Part {
  const month = slice.month ?? last;
  const since = monthAfter(month, 1 - slice.months);
  if (!month.endsWith("-01") || month > last || since < monthAfter(last, 1 - MONTHS_KEPT))
    throw new DomainError("invalid_input", "not a month that is kept", { fields: [{ path: "?month", reason: "out_of_range" }] });
  return { slice, month, since, isKept: month === last && slice.months === 12 };
}
