import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { factCurrency } from "../../facts/index.ts";
import { readHead } from "../customer-store.ts";
import { readPolicy } from "../policy/store.ts";
import { CURRENCIES_MAX } from "./contract.ts";
import * as store from "./read-store.ts";
import { gainOf, type Position, type Shock, shocksOf, yearlyInterestOf } from "./rules.ts";

const WORST_MAX = 25;
const minor = (value: number): bigint => BigInt(Math.round(value));
const netOf = (positions: readonly Position[]) => positions.reduce((sum, { assetsMinor, debtsMinor }) => sum + assetsMinor - debtsMinor, 0);

function resultsOf(shocks: readonly Shock[], positions: readonly Position[]) {
  const net = netOf(positions);
  return shocks.map((shock) => {
    const gain = positions.reduce((sum, position) => sum + gainOf(position, shock), 0);
    const interest = positions.reduce((sum, position) => sum + yearlyInterestOf(position, shock), 0);
    return { ...shock, gainMinor: minor(gain), yearlyInterestMinor: minor(interest), shareOfNet: net > 0 ? gain / net : null };
  });
}

/** Of one customer. Fails with not_allowed, not_found. */
export async function readCustomerMarketRisk(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "customer:read");
  if ((await readHead(tx, customerId)) === null) throw new DomainError("not_found", "no such customer for this caller");
  const { policy } = await readPolicy(tx);
  const positions = await store.listPositionsOf(tx, customerId, CURRENCIES_MAX);
  await record(tx, {
    ...{ caller, action: "market_risk.viewed", subjectKind: "customer", subjectIds: [customerId], fieldClasses: ["money"] },
  });
  return {
    currency: await factCurrency(tx),
    netMinor: minor(netOf(positions)),
    positions: positions.map(({ currency, isIncome, assetsMinor, debtsMinor, durationMinor }) => ({
      ...{ currency, isIncome, assetsMinor: minor(assetsMinor), debtsMinor: minor(debtsMinor) },
      durationYears: Math.abs(assetsMinor - debtsMinor) < 1 ? null : durationMinor / (assetsMinor - debtsMinor),
    })),
    shocks: resultsOf(shocksOf(policy), positions),
  };
}

/** Of all customers the caller sees. Fails with not_allowed, invalid_input (no such shock). */
export async function readMarketRisk(tx: Tx, caller: Caller, query: { shock?: string | undefined; branchId?: string | undefined }) {
  permit(caller, "credit:read");
  const { policy } = await readPolicy(tx);
  const shocks = shocksOf(policy);
  const chosen =
    query.shock === undefined ? (shocks.find(({ rate }) => rate > 0) ?? shocks[0]) : shocks.find(({ code }) => code === query.shock);
  if (chosen === undefined) throw new DomainError("invalid_input", "there is no such shock", { detail: { field: "shock" } });
  const branchId = query.branchId ?? null;
  const sums = await store.sumPositions(tx, branchId);
  const worst = await store.listWorst(tx, chosen, branchId, WORST_MAX);
  await record(tx, {
    ...{ caller, action: "customer.listed", subjectKind: "customer", query: { market: query } },
    subjectIds: worst.map(({ customerId }) => customerId),
  });
  const byCurrency = [...Map.groupBy(sums, ({ currency }) => currency)].map(([currency, parts]) => {
    const sum = (of: (part: store.SummedPosition) => number) => parts.reduce((all, part) => all + of(part), 0);
    return {
      ...{ currency, customers: sum(({ customers }) => customers) },
      ...{ assetsMinor: minor(sum(({ assetsMinor }) => assetsMinor)), debtsMinor: minor(sum(({ debtsMinor }) => debtsMinor)) },
      foreignMinor: minor(sum(({ isIncome, assetsMinor, debtsMinor }) => (isIncome ? 0 : assetsMinor - debtsMinor))),
    };
  });
  return {
    currency: await factCurrency(tx),
    customers: await store.countHolders(tx, branchId),
    netMinor: minor(netOf(sums)),
    shocks: resultsOf(shocks, sums),
    currencies: byCurrency.slice(0, CURRENCIES_MAX),
    chosen: chosen.code,
    worst: worst.map(({ foreignMinor, grossMinor, ...row }) => ({
      ...row,
      shareOfNet: row.netMinor > 0n ? Number(row.gainMinor) / Number(row.netMinor) : null,
      foreignShare: grossMinor > 0n ? Number(foreignMinor) / Number(grossMinor) : null,
    })),
  };
}
