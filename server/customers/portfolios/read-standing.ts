import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { readReach } from "../directory/index.ts";
import { MATURING_ROWS_MAX, type Maturing, STANDING_CUSTOMERS_MAX, type Standing, standingDays } from "./contract.ts";
import * as store from "./store.ts";

/** The figures of what the caller looks after; that they were counted is audited. Fails with not_allowed. */
export async function readStanding(tx: Tx, caller: Caller, clock: Clock): Promise<Standing> {
  permit(caller, "customer:read");
  const { wholeBank, unitIds, portfolioIds } = await readReach(tx);
  const scope: store.Scope = portfolioIds.length > 0 ? { kind: "own", portfolioIds } : { kind: "reach", wholeBank, unitIds };
  const figures = await store.readFigures(tx, scope, { today: todayOf(clock), ...standingDays });
  await record(tx, { caller, action: "customer.counted", subjectKind: "customer", query: { standing: scope.kind } });
  if (figures.customers > STANDING_CUSTOMERS_MAX) {
    const none = { customers: 0, inArrears: 0, quiet: 0, newcomers: 0, totals: [], kinds: [], portfolios: [] };
    return { scope: scope.kind, complete: false, ...none };
  }
  const portfolios = figures.portfolios.map((portfolio) => ({ ...portfolio, totals: portfolio.totals.map(amounts) }));
  return { scope: scope.kind, complete: true, ...figures, totals: figures.totals.map(amounts), portfolios };
}

/** What of the own portfolios falls due soon; whose it is is audited as listed. Fails with not_allowed. */
export async function listMaturing(tx: Tx, caller: Caller, clock: Clock): Promise<{ holdings: Maturing[] }> {
  permit(caller, "customer:read");
  const { portfolioIds } = await readReach(tx);
  const holdings = await store.listMaturing(tx, portfolioIds, todayOf(clock), standingDays.maturing, MATURING_ROWS_MAX);
  const subjectIds = [...new Set(holdings.map((holding) => holding.customerId))];
  await record(tx, { caller, action: "customer.listed", subjectKind: "customer", subjectIds, query: { maturing: standingDays.maturing } });
  return { holdings };
}

function amounts<Total extends { assetsMinor: string; debtsMinor: string }>(total: Total) {
  return { ...total, assetsMinor: BigInt(total.assetsMinor), debtsMinor: BigInt(total.debtsMinor) };
}

function todayOf(clock: Clock): string {
  return clock.now().toISOString().slice(0, 10);
}
