import { type ContactChannel, refusalsAmong } from "../../customers/consents/index.ts";
import { type Tx, withWorkerConnection } from "../../platform/db/index.ts";
import { factorsOn, type RefreshOrder, supplyFacts } from "../facts/index.ts";
import { readProductGains } from "../profit/index.ts";
import { type AskedSegment, askSegments, membersAmong } from "../segments/index.ts";
import { type Bank, boundTo, type Moved, type Standing } from "./action.ts";
import * as bankStore from "./bank-store.ts";
import { SpokenChannel } from "./contract.ts";
import { dayAfter } from "./day.ts";
import { decideCustomer } from "./decide-customer.ts";
import * as store from "./decision-store.ts";
import { drawsOf } from "./draw.ts";
import { MATURING_DAYS, MOVED_DAYS } from "./signals.ts";
import { spread } from "./spread.ts";
import * as standingStore from "./standing-store.ts";
import { watchExposure } from "./watch-exposure.ts";

/** Customers decided in one transaction. */
const SLICE_CUSTOMERS = 2_000;
const DUE_MAX = 250_000;
const DAYS_KEPT = 400;
const ANSWERS_DAYS = 400;
/** By which a person of the bank speaks to a customer. */
export const spokenChannels = SpokenChannel.options satisfies readonly ContactChannel[];

/** What is supplied from here: an action for a segment that asks about it would be for whom it was proposed before. */
export const decidedFacts = ["next_offer"];

interface Frame extends Bank {
  readonly today: string;
  readonly now: Date;
  readonly salt: string;
  readonly factors: ReadonlyMap<string, number>;
  readonly versions: Readonly<Record<string, number>>;
  readonly segments: readonly AskedSegment[];
}

/**
 * Decides for these customers (null: everybody) what to do next, and keeps it with every candidate where it comes out other than before. A step of the
 * refresh, behind all it reads; the same day and the same standing give the same. Answers with how many decisions are new.
 */
export async function decideOffers(order: RefreshOrder): Promise<number> {
  const { db, caller, clock, customerIds, signal } = order;
  return withWorkerConnection(db, caller, async (connection) => {
    const frame = await connection.inTransaction((tx) => readFrame(tx, clock.now()));
    let written = 0;
    for (let done = 0, after: string | null = null; ; done += SLICE_CUSTOMERS) {
      signal?.throwIfAborted();
      const slice: readonly string[] =
        customerIds?.slice(done, done + SLICE_CUSTOMERS) ??
        (await connection.inTransaction((tx) => store.customersAfter(tx, after, SLICE_CUSTOMERS)));
      if (slice.length > 0) written += await connection.inTransaction((tx) => decideSlice(tx, slice, frame), { statementTimeoutMs: 0 });
      after = slice.at(-1) ?? null;
      if (slice.length < SLICE_CUSTOMERS) break;
    }
    if (customerIds === null) {
      await connection.inTransaction((tx) => store.forgetOld(tx, dayAfter(frame.today, -DAYS_KEPT)));
      await connection.inTransaction((tx) => watchExposure(tx, frame.today));
    }
    return written;
  });
}

/** The same for whom time, a consent, a suspicion or an answer may have changed it, at most 250,000 at once; for everybody where nothing was ever decided. */
export async function decideDue(order: Omit<RefreshOrder, "customerIds">): Promise<number> {
  const today = order.clock.now().toISOString().slice(0, 10);
  const due = await withWorkerConnection(order.db, order.caller, (connection) =>
    connection.inTransaction(async (tx) => ((await store.hasDecisions(tx)) ? store.customersDue(tx, today, DUE_MAX) : null)),
  );
  return due?.length === 0 ? 0 : decideOffers({ ...order, customerIds: due });
}

async function readFrame(tx: Tx, now: Date): Promise<Frame> {
  const today = now.toISOString().slice(0, 10);
  const actions = await bankStore.listActions(tx);
  const segments = [...(await askSegments(tx, boundTo(actions), today, decidedFacts)).values()];
  return {
    ...{ today, now, salt: await bankStore.readSalt(tx), actions, policy: await bankStore.readPolicy(tx), segments },
    segmentIds: new Set(segments.map(({ segmentId }) => segmentId)),
    answered: await bankStore.countAnswers(tx, new Date(`${dayAfter(today, -365)}T00:00:00Z`)),
    gains: await readProductGains(tx),
    averageDefault: await bankStore.readAverageDefault(tx),
    factors: await factorsOn(tx, today),
    versions: {
      ...(await bankStore.servingVersions(tx)),
      settings: await bankStore.readSettingsVersion(tx),
      ...Object.fromEntries(segments.map(({ segmentId, version }) => [`segment ${segmentId}`, version])),
    },
  };
}

async function decideSlice(tx: Tx, customerIds: readonly string[], frame: Frame): Promise<number> {
  const standings = await readStandings(tx, customerIds, frame);
  const decided = standings.map((standing) =>
    decideCustomer(standing, frame, drawsOf(frame.salt, standing.customerId, frame.today), frame.today),
  );
  const sales = await store.countSales(tx, customerIds);
  const decisions = spread(decided, sales, frame.policy.productShareMax).map((decision, place) => {
    const { customerId, mayProfile } = standings[place] as Standing;
    const [first] = decision.candidates;
    const top = first?.gate === null ? first : null;
    const pressing = decision.candidates
      .filter(({ gate, kind }) => gate === null && kind !== "sale")
      .map(({ factors }) => factors?.score ?? 0);
    // What nothing called for is known from what there is; written down a million times it would be most of the log.
    const candidates = decision.candidates.filter(({ gate }) => gate !== "not_called_for");
    return { ...decision, candidates, customerId, usesProfile: mayProfile, top, attention: Math.max(0, ...pressing) };
  });
  const written = await store.saveDecisions(tx, frame, decisions);
  const supplied = decisions.map(({ customerId, top }) => ({ customerId, values: [top?.actionId ?? null] }));
  await supplyFacts(tx, decidedFacts, supplied);
  return written;
}

async function readStandings(tx: Tx, customerIds: readonly string[], frame: Frame): Promise<Standing[]> {
  const { today, factors, segments } = frame;
  const rows = await standingStore.readFactRows(tx, customerIds);
  const unprofiled = await refusalsAmong(tx, { customerIds, purpose: "profiling", channel: "any" });
  const marketing = await Promise.all(
    spokenChannels.map(async (channel) => ({ channel, refused: await refusalsAmong(tx, { customerIds, purpose: "marketing", channel }) })),
  );
  const maturing = byCustomer(await standingStore.readMaturing(tx, customerIds, { today, until: dayAfter(today, MATURING_DAYS), factors }));
  const moved = await standingStore.readMoved(tx, customerIds, { today, since: dayAfter(today, -MOVED_DAYS), factors });
  const [came, went] = (["in", "out"] as const).map((way) => byCustomer(moved.filter((row) => row.way === way)));
  const chances = grouped(await standingStore.readChances(tx, customerIds));
  const troubles = byCustomer(await standingStore.readTroubles(tx, customerIds));
  const members = await membersAmong(tx, segments, customerIds);
  const answers = grouped(await standingStore.readAnswers(tx, customerIds, new Date(`${dayAfter(today, -ANSWERS_DAYS)}T00:00:00Z`)));
  return rows.map((row): Standing => {
    const { customerId } = row;
    const mayProfile = !unprofiled.has(customerId);
    const trouble = troubles.get(customerId);
    const inMonthMinor = Number(row.in12mMinor ?? 0n) / 12;
    const large = (move: Moved | undefined) => (move !== undefined && isUnusual(move.amountMinor, inMonthMinor) ? move : null);
    return {
      ...{
        customerId,
        kind: row.kind,
        bornOn: row.bornOn,
        isDeceased: row.deceasedOn !== null,
        country: row.country,
        segment: row.segment,
        mayProfile,
      },
      marketingBy: marketing.filter(({ refused }) => !refused.has(customerId)).map(({ channel }) => channel),
      marketingRefused: [...new Set(marketing.flatMap(({ refused }) => refused.get(customerId) ?? []))],
      held: new Map(standingStore.heldProducts.map((product, place) => [product, row.held[place] ?? 0])),
      chances: new Map(mayProfile ? (chances.get(customerId) ?? []).map(({ item, chance }) => [item, chance]) : []),
      ...{ churn: mayProfile ? row.churn : null, isLeaving: mayProfile && row.churnBand !== null && row.churnBand !== "low" },
      ...{ defaultShare: row.defaultShare, expectedLossMinor: Number(row.expectedLossMinor ?? 0n), inArrears: row.inArrears },
      isWatched: row.onWatchList || (trouble?.isWatched ?? false),
      fraud: { alerts: trouble?.alerts ?? 0, amountMinor: Number(trouble?.amountMinor ?? 0n) },
      ...{ maturing: maturing.get(customerId) ?? null, inflow: large(came?.get(customerId)), outflow: large(went?.get(customerId)) },
      ...{ salaryMinor: Number(row.salaryMinor ?? 0n), salaryMissed: row.salaryMissed, lastInitiatedOn: row.lastInitiatedOn },
      ...{
        assetsMinor: Number(row.assetsMinor ?? 0n),
        debtsMinor: Number(row.debtsMinor ?? 0n),
        liquidMinor: Number(row.liquidMinor ?? 0n),
      },
      ...{ outMonthMinor: Number(row.out3mMinor ?? 0n) / 3, inMonthMinor, instalmentsMinor: Number(row.instalments12mMinor ?? 0n) / 12 },
      profitMinor: row.profitMinor === null ? null : Number(row.profitMinor),
      segmentIds: (mayProfile ? members.get(customerId) : null) ?? new Set(),
      answers: answers.get(customerId) ?? [],
    };
  });
}

/** From 5,000.00 on, and three times what comes in a month. */
const isUnusual = (amountMinor: number, inMonthMinor: number): boolean => amountMinor >= 500_000 && amountMinor >= 3 * inMonthMinor;

const byCustomer = <Row extends { readonly customerId: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.customerId, row]));

function grouped<Row extends { readonly customerId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(row.customerId, [...(groups.get(row.customerId) ?? []), row]);
  return groups;
}
