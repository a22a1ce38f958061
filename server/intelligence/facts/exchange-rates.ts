import { readReportingCurrency } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { minorDigits } from "../../platform/money/index.ts";
import type { Factors } from "./fact-store.ts";
import { insertRates, type Rate, readMainCurrency, readRates } from "./rate-store.ts";

export const RATES_MAX = 400;

/**
 * Keeps exchange rates: one unit of `currency` in units of the bank's reporting currency, from `validFrom` on. Facts follow with the next refresh of
 * all. Worker role. Fails with not_allowed, invalid_input.
 */
export async function saveRates(tx: Tx, caller: Caller, rates: readonly Rate[], source: string): Promise<void> {
  permit(caller, "profit:manage");
  const wrong = rates.find(({ currency, rate }) => !/^[A-Z]{3}$/.test(currency) || !(rate > 0 && Number.isFinite(rate)));
  if (wrong !== undefined || rates.length > RATES_MAX)
    throw new DomainError("invalid_input", `a rate of ${wrong?.currency ?? "too many currencies"} cannot be kept`);
  await insertRates(tx, rates, source, caller.userId);
  await record(tx, { caller, action: "exchange_rates.saved", subjectKind: "setting", detail: { rates: rates.length, source } });
}

/** In what facts are counted: the currency the bank reports in; where it never said, the one most holdings are in. */
export async function factCurrency(tx: Tx): Promise<string> {
  return (await readReportingCurrency(tx)) ?? (await readMainCurrency(tx)) ?? "EUR";
}

/**
 * What one minor unit of each currency is in minor units of the reporting currency on the day. A currency without a rate is not in it. `currency`: what
 * factCurrency said, for who has asked it already.
 */
export async function factorsOn(tx: Tx, day: string, currency?: string): Promise<Factors> {
  const own = currency ?? (await factCurrency(tx));
  const rates = await readRates(tx, day);
  const factor = ({ currency, rate }: Rate) => rate * 10 ** (minorDigits(own) - minorDigits(currency));
  return new Map([...rates.map((rate) => [rate.currency, factor(rate)] as const), [own, 1]]);
}
