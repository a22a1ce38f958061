import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { factCurrency, factorsOn, firstDayOf, monthNo, readAsOf, readFacts } from "../facts/index.ts";
import { isProfiled } from "../scores/index.ts";
import { channels, counts, MONTHS_BACK, type MonthMeasure, sums, uses } from "./contract.ts";
import { forecast } from "./forecast.ts";
import { against, changesOf } from "./rules.ts";
import * as store from "./store.ts";

type Series = ReadonlyMap<MonthMeasure, readonly number[]>;
interface Known {
  /** By number, without gaps. */
  readonly months: readonly number[];
  readonly series: Series;
}
const nothing: Known = { months: [], series: new Map() };

/**
 * What a customer does and did: up to 24 whole months, the oldest in which anything is known first; then what is likely to come next, unless they object to
 * being profiled. Fails with not_allowed, not_found.
 */
export async function readBehaviour(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "customer:read");
  const mayForesee = await isProfiled(tx, customerId);
  if (mayForesee === null) throw new DomainError("not_found", "no such customer for this caller");
  const action = "customer.facts_viewed";
  await record(tx, { caller, action, subjectKind: "customer", subjectIds: [customerId], fieldClasses: ["money"] });
  const [asOf, currency] = [await readAsOf(tx), await factCurrency(tx)];
  const known = asOf === null ? null : await readKnown(tx, customerId, asOf, currency);
  const { months, series } = known ?? nothing;
  const of = (measure: MonthMeasure): readonly number[] => series.get(measure) ?? [];
  const minor = (measure: MonthMeasure, at: number): bigint => BigInt(Math.round(of(measure)[at] ?? 0));
  return {
    currency,
    month: months.length === 0 ? null : firstDayOf(months.at(-1) ?? 0),
    months: months.map((month, at) => ({
      month: firstDayOf(month),
      inMinor: minor("in_minor", at),
      outMinor: minor("out_minor", at),
      bookings: (of("in_count")[at] ?? 0) + (of("out_count")[at] ?? 0),
      balanceMinor: minor("balance_minor", at),
    })),
    channels: channels.map((channel) => ({ channel, ...against(of(`${channel}_count`)) })),
    uses: uses.map((use) => ({ use, ...against(of(`${use}_minor`)) })),
    changes: changesOf(series),
    ahead: mayForesee ? { ...expected(series), ...(await scoresOf(tx, caller, customerId)) } : null,
  };
}

async function readKnown(tx: Tx, customerId: string, asOf: string, currency: string): Promise<Known> {
  const to = monthNo(asOf);
  const window = { from: to - MONTHS_BACK + 1, to, factors: await factorsOn(tx, asOf, currency) };
  const rows = new Map((await store.readMonths(tx, customerId, window)).map((row) => [row.monthNo, row]));
  const balances = await store.readBalances(tx, customerId, window);
  const first = Math.min(...rows.keys(), ...balances.keys());
  const months = Array.from({ length: first > to ? 0 : to - first + 1 }, (_, at) => first + at);
  const series = new Map<MonthMeasure, readonly number[]>([
    ...[...counts, ...sums].map((measure) => [measure, months.map((month) => rows.get(month)?.[measure] ?? 0)] as const),
    ["balance_minor", months.map((month) => balances.get(month) ?? 0)] as const,
  ]);
  return { months, series };
}

function expected(series: Series) {
  const bookings = (series.get("in_count") ?? []).map((count, at) => count + (series.get("out_count")?.[at] ?? 0));
  return {
    balance: forecast(series.get("balance_minor") ?? []),
    moneyIn: forecast(series.get("in_minor") ?? [], 0),
    moneyOut: forecast(series.get("out_minor") ?? [], 0),
    bookings: forecast(bookings, 0),
  };
}

async function scoresOf(tx: Tx, caller: Caller, customerId: string) {
  const keys = ["churn_share", "response_share", "next_product", "next_product_share"];
  const values = (await readFacts(tx, caller, customerId, keys))?.values ?? {};
  const share = (key: string): number | null => (typeof values[key] === "number" ? values[key] : null);
  const product = values.next_product;
  return {
    leaves: share("churn_share"),
    responds: share("response_share"),
    nextProduct: typeof product === "string" ? { product, chance: share("next_product_share") } : null,
  };
}
