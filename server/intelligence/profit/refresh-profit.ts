import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, type Tx, type WorkerConnection, withWorkerConnection } from "../../platform/db/index.ts";
import { readLastBookedDay, saveRates } from "../facts/index.ts";
import type { ProfitParameters } from "../value/contract.ts";
import { minorWorth } from "../value/index.ts";
import { listMoved, readBases, saveBases } from "./basis-store.ts";
import { decideTiers } from "./decide-tiers.ts";
import { learnModel, lifetimeOf, TENURE_YEARS, type ValueModel } from "./lifetimes.ts";
import * as monthStore from "./month-store.ts";
import { listApproved, saveApplied } from "./parameter-store.ts";
import { type RateCard, rateCard } from "./price-store.ts";
import { lastWholeMonth, MONTHS_KEPT, monthAfter, monthsUntil, type Version, versionFor } from "./rules.ts";
import { supplyValues } from "./supply-values.ts";
import { readTierRows, saveTiers } from "./tier-store.ts";
import * as valueStore from "./value-store.ts";

export interface ProfitOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
  /** Those whose holdings, transactions or parties changed; "all" rebuilds everything. */
  readonly customers: "all" | readonly string[];
  /** The first day on which bookings or balances of a customer changed; who is not in it had none changed. Not given: any may have. */
  readonly bookedSince?: ReadonlyMap<string, string> | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number) => void;
}

const BATCH_CUSTOMERS = 1_000;
const TEACHERS_MAX = 1_500;
/** Month ends at which tiers are looked back at, the first time: before, a year is not whole. */
const TIER_MONTHS = 13;

type Approved = readonly Version<ProfitParameters>[];

/** Everything about time and parameters that a run works with. */
interface Frame {
  readonly month: string;
  readonly from: string;
  readonly until: string;
  /** First of the last twelve months. */
  readonly since: string;
  readonly approved: Approved;
  readonly card: RateCard;
  readonly parameters: ProfitParameters;
  readonly worths: Readonly<Record<string, number>>;
}

/**
 * Months, values, ranks, lifetime values and tiers of the customers named, as the sources now have it. Who is not named keeps what they have, but when a
 * month came to its end since the last run, or a version of the parameters came into force, everybody is looked at. What comes out is the same whether
 * customers come one by one or all together: who is named and has all of it from what stands is passed over. Answers how many were reckoned anew.
 */
export async function refreshProfit(order: ProfitOrder): Promise<{ customers: number; month: string | null }> {
  return withWorkerConnection(order.db, order.caller, async (connection) => {
    const frame = await connection.inTransaction((tx) => readFrame(tx, order.clock));
    if (frame === null) return { customers: 0, month: null };
    const isWhole = order.customers === "all" || (await connection.inTransaction((tx) => valueStore.isBehind(tx, frame.month)));
    const moved: string[] = [];
    const looked = isWhole
      ? await eachBatch(connection, order, (tx, ids) => refreshBatch(tx, ids, frame))
      : await eachOf(connection, order.customers as readonly string[], order, async (tx, ids) => {
          moved.push(...(await refreshMoved(tx, ids, frame, order.bookedSince)));
        });
    if (isWhole) await connection.inTransaction((tx) => valueStore.forgetGone(tx, frame.from));
    const [first, ...later] = frame.approved;
    // The first version replaces none: pricing everybody under it is putting it into force.
    if (isWhole && first !== undefined && later.length === 0) await connection.inTransaction((tx) => saveApplied(tx, [first.versionNo]));
    if (!isWhole && moved.length === 0) return { customers: 0, month: frame.month };
    const ranked = await rank(connection);
    const model = await learned(connection, frame);
    const value = (tx: Tx, ids: readonly string[]) => saveLifetimes(tx, ids, frame, model);
    if (isWhole) await eachBatch(connection, order, value);
    else await eachOf(connection, moved, order, value);
    await connection.inTransaction((tx) => supplyValues(tx, isWhole ? null : [...new Set([...moved, ...ranked])]));
    return { customers: isWhole ? looked : moved.length, month: frame.month };
  });
}

/** Puts versions into force that were approved since the last time: what each changes is kept by customer, then all months are priced anew. */
export async function applyParameters(order: Omit<ProfitOrder, "customers">): Promise<number> {
  return withWorkerConnection(order.db, order.caller, async (connection) => {
    const frame = await connection.inTransaction((tx) => readFrame(tx, order.clock));
    const all = await connection.inTransaction(listApproved);
    const waiting = all.filter(({ appliedAt }) => appliedAt === null);
    for (const version of frame === null ? [] : waiting) {
      const before = all.filter(({ versionNo }) => versionNo < version.versionNo);
      const after = before.length === 0 ? [version] : [...before, version];
      const of = frameOf(frame as Frame, after);
      const effects = { versionNo: version.versionNo, since: of.since, after: of.card, exchanged: exchangedCard(of, before, version) };
      await eachBatch(connection, order, async (tx, ids) => {
        await monthStore.holdMonths(tx);
        if (before.length > 0) await monthStore.saveEffects(tx, ids, effects);
        await monthStore.repriceMonths(tx, ids, of.card);
        await valueStore.saveValues(tx, ids, { ...of, ownSince: monthAfter(of.month, -2) });
        await tiers(tx, ids, of);
      });
      await connection.inTransaction(async (tx) => {
        await saveApplied(tx, [version.versionNo]);
        await passOnRates(tx, order.caller, before.at(-1), version);
      });
    }
    if (frame !== null && waiting.length > 0) {
      await rank(connection);
      const model = await learned(connection, frame);
      await eachBatch(connection, order, (tx, ids) => saveLifetimes(tx, ids, frame, model));
      await connection.inTransaction((tx) => supplyValues(tx, null));
    }
    return waiting.length;
  });
}

/** The rest of the product reckons with the same exchange rates. */
async function passOnRates(
  tx: Tx,
  caller: Caller,
  before: Version<ProfitParameters> | undefined,
  { versionNo, validFrom, body }: Version<ProfitParameters>,
): Promise<void> {
  const rates = Object.entries(body.exchangeRates)
    .filter(([currency, rate]) => currency !== body.currency && before !== undefined && before.body.exchangeRates[currency] !== rate)
    .map(([currency, rate]) => ({ currency, rate, validFrom }));
  if (rates.length > 0) await saveRates(tx, caller, rates, `profit parameters, version ${versionNo}`);
}

/** The tier of one customer, now. */
export async function refreshTier(order: Pick<ProfitOrder, "db" | "caller" | "clock">, customerId: string): Promise<void> {
  await withWorkerConnection(order.db, order.caller, (connection) =>
    connection.inTransaction(async (tx) => {
      const frame = await readFrame(tx, order.clock);
      if (frame !== null) await tiers(tx, [customerId], frame);
    }),
  );
}

async function readFrame(tx: Tx, clock: Clock): Promise<Frame | null> {
  const today = clock.now().toISOString().slice(0, 10);
  const month = lastWholeMonth(today, await readLastBookedDay(tx, today));
  const approved = await listApproved(tx);
  if (month === null || versionFor(month, approved) === undefined) return null;
  const times = { month, from: monthAfter(month, 1 - MONTHS_KEPT), until: monthAfter(month, 1), since: monthAfter(month, -11) };
  return frameOf(times, approved);
}

function frameOf(times: Pick<Frame, "month" | "from" | "until" | "since">, approved: Approved): Frame {
  const { month, from, until, since } = times;
  const current = versionFor(month, approved) ?? approved[0];
  if (current === undefined) throw new Error("no version of the parameters is in force");
  const { body } = current;
  return {
    ...{ month, from, until, since, approved, parameters: body },
    card: rateCard(inForce(month, (one) => versionFor(one, approved))),
    worths: Object.fromEntries(Object.keys(body.exchangeRates).map((currency) => [currency, minorWorth(currency, body)])),
  };
}

const inForce = (month: string, of: (month: string) => Version<ProfitParameters> | undefined) =>
  monthsUntil(month).flatMap((one) => {
    const version = of(one);
    return version === undefined ? [] : [{ month: one, version }];
  });

/** As it was before, but with the exchange rates of the new version where that holds: what is left to the rest is due to the rest. */
function exchangedCard({ month, approved }: Frame, before: Approved, version: Version<ProfitParameters>): RateCard {
  return rateCard(
    inForce(month, (one) => {
      const [was, is] = [versionFor(one, before), versionFor(one, approved)];
      if (was === undefined || is?.versionNo !== version.versionNo) return was;
      const { currency, exchangeRates, transferRates } = version.body;
      return { ...is, body: { ...was.body, currency, exchangeRates, transferRates: { ...transferRates, ...was.body.transferRates } } };
    }),
  );
}

/** Answers with whom something was reckoned anew. */
async function refreshMoved(tx: Tx, ids: readonly string[], frame: Frame, bookedSince: ProfitOrder["bookedSince"]): Promise<string[]> {
  const isBooked = (id: string) => bookedSince === undefined || (bookedSince.get(id) ?? frame.until) < frame.until;
  const others = ids.filter((id) => !isBooked(id));
  const moved = [...ids.filter(isBooked), ...(await listMoved(tx, others, await readBases(tx, others, frame)))];
  if (moved.length > 0) await refreshBatch(tx, moved, frame);
  return moved;
}

async function refreshBatch(tx: Tx, ids: readonly string[], frame: Frame): Promise<void> {
  await monthStore.holdMonths(tx);
  // Read first and kept last: what changes in between is seen the next time.
  const bases = await readBases(tx, ids, frame);
  await monthStore.saveMonths(tx, ids, frame, frame.card);
  await valueStore.saveValues(tx, ids, { ...frame, ownSince: monthAfter(frame.month, -2) });
  await saveBases(tx, bases);
  await tiers(tx, ids, frame);
}

async function tiers(tx: Tx, ids: readonly string[], { month, worths, approved }: Frame): Promise<void> {
  const versionOf = (of: string) => {
    const version = versionFor(of, approved);
    return version === undefined ? undefined : { versionNo: version.versionNo, rules: version.body.tierRules };
  };
  const rows = await readTierRows(tx, ids, worths);
  const ends = monthsUntil(month, TIER_MONTHS);
  const decided = rows.map((row) => decideTiers(row, ends, versionOf));
  await saveTiers(
    tx,
    decided.flatMap(({ state }) => (state === null ? [] : [state])),
    decided.flatMap(({ moves }) => moves),
  );
}

async function rank(connection: WorkerConnection): Promise<string[]> {
  return connection.inTransaction(valueStore.saveRanks, { statementTimeoutMs: 0 });
}

/** The model of the month: the same for all who are looked at within it. */
async function learned(connection: WorkerConnection, { month, since, from, until }: Frame): Promise<ValueModel> {
  const known = await connection.inTransaction((tx) => valueStore.findModel(tx, month));
  if (known !== null) return known as ValueModel;
  const { bands, teachers, adoption } = await connection.inTransaction(async (tx) => ({
    bands: await valueStore.readLeaving(tx, from, until, TENURE_YEARS),
    teachers: await valueStore.readTeachers(tx, since, until, TEACHERS_MAX),
    adoption: await valueStore.readAdoption(tx, since, until),
  }));
  const model = learnModel(bands, teachers, adoption);
  await connection.inTransaction((tx) => valueStore.saveModel(tx, month, model));
  return model;
}

async function saveLifetimes(tx: Tx, ids: readonly string[], { since, until, parameters }: Frame, model: ValueModel): Promise<void> {
  const rows = await valueStore.readLifetimes(tx, ids, since, until);
  await valueStore.saveLifetimes(
    tx,
    rows.map((row) => lifetimeOf(row, model, parameters)),
  );
}

type Pass = Pick<ProfitOrder, "signal" | "onProgress">;

/** Everybody, batch by batch in the order of ids. */
async function eachBatch(
  connection: WorkerConnection,
  { signal, onProgress }: Pass,
  work: (tx: Tx, ids: readonly string[]) => Promise<void>,
) {
  let [done, after] = [0, null as string | null];
  for (;;) {
    signal?.throwIfAborted();
    const ids = await connection.inTransaction(async (tx) => {
      const batch = await monthStore.listCustomerIds(tx, after, BATCH_CUSTOMERS);
      if (batch.length > 0) await work(tx, batch);
      return batch;
    });
    done += ids.length;
    after = ids.at(-1) ?? after;
    onProgress?.(done);
    if (ids.length < BATCH_CUSTOMERS) return done;
  }
}

async function eachOf(
  connection: WorkerConnection,
  customerIds: readonly string[],
  { signal, onProgress }: Pass,
  work: (tx: Tx, ids: readonly string[]) => Promise<void>,
) {
  for (let at = 0; at < customerIds.length; at += BATCH_CUSTOMERS) {
    signal?.throwIfAborted();
    const ids = customerIds.slice(at, at + BATCH_CUSTOMERS);
    await connection.inTransaction((tx) => work(tx, ids));
    onProgress?.(at + ids.length);
  }
  return customerIds.length;
}
