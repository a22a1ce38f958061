import type { Clock } from "../../../platform/clock/index.ts";
import { type ContextCaller, type Db, type Tx, withWorkerConnection } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { emptyFeatures, streamLimits } from "../features/feature-stream.ts";
import type { Arrival } from "../transaction.ts";
import type { PaymentDecision } from "./contract.ts";
import { readJudgedBy } from "./in-force.ts";
import { Judge } from "./judge.ts";
import type { Rates } from "./money.ts";
import { fromDecision, type KnownAccount, type Payment } from "./payment.ts";
import { PaymentMemory, Remembered } from "./payment-memory.ts";
import { type Followed, nothingFollowed, replay } from "./replay.ts";
import * as store from "./store.ts";

const DAY_MS = 86_400_000;
/** What is replayed before the first payment that may raise an alert: the longest window behind the delay of labels. */
const WINDOW_DAYS = 37;
const REFRESH_MS = 2_000;
const REMEMBERED_MAX = 250_000;

const desks = new WeakMap<Db, Desk>();

/** The one desk of this process. */
export function deskOf(db: Db): Desk {
  const known = desks.get(db);
  if (known !== undefined) return known;
  const desk = new Desk(db);
  desks.set(db, desk);
  return desk;
}

/**
 * One stream of payments in memory, fed by loads and by the bank's switch, with the rules and the score in force. After a restart the payments of the last
 * weeks are replayed, so that it knows what it knew. Payments too late for the stream (a source's whole history behind the others) make it begin anew.
 */
export class Desk {
  readonly features = emptyFeatures();
  readonly answers = new Remembered<PaymentDecision>(REMEMBERED_MAX);
  readonly accounts = new Remembered<KnownAccount>(REMEMBERED_MAX);
  sources: ReadonlyMap<string, number> = new Map();
  rates: Rates = { reporting: "EUR", byCurrency: new Map() };
  private readonly db: Db;
  private memory: PaymentMemory | null = null;
  private inForce: Judge | null = null;
  private taken = new Set<number>();
  private caseNo = 0n;
  private working: Promise<unknown> = Promise.resolve();
  private refreshedAtMs = Number.NEGATIVE_INFINITY;
  /** What the switch asked while the memory is built anew beside the one in use. */
  private meanwhile: Payment[] | null = null;

  constructor(db: Db) {
    this.db = db;
  }

  get isReady(): boolean {
    return this.memory !== null;
  }

  /** Fails with unavailable before the first catchUp. */
  get judge(): Judge {
    if (this.inForce === null) throw new DomainError("unavailable", "the fraud desk is not ready yet");
    return this.inForce;
  }

  /** Measures a live payment into `features`. Fails with unavailable before the first catchUp. */
  measure(payment: Payment): Arrival {
    if (this.memory === null) throw new DomainError("unavailable", "the fraud desk is not ready yet");
    const arrival = this.memory.measure(payment, this.features);
    if (arrival === "measured") this.meanwhile?.push(payment);
    return arrival;
  }

  /** Takes in rules, model, cases and judged loads that are new; at most once in two seconds. */
  async catchUp(caller: ContextCaller, clock: Clock): Promise<void> {
    const nowMs = clock.now().getTime();
    if (this.isReady && nowMs - this.refreshedAtMs < REFRESH_MS) return;
    this.refreshedAtMs = nowMs;
    await this.alone((tx) => this.takeIn(tx, nowMs, false), caller);
  }

  /** Judges the payments of loads that nobody judged yet; the caller keeps what comes of it, and that they are judged. */
  async follow(caller: ContextCaller, clock: Clock): Promise<Followed> {
    return this.alone((tx) => this.takeIn(tx, clock.now().getTime(), true), caller);
  }

  /** What was judged could not be kept: the next look begins with what is on record. */
  forget(): void {
    this.memory = null;
  }

  private alone<T>(work: (tx: Tx) => Promise<T>, caller: ContextCaller): Promise<T> {
    const run = () => withWorkerConnection(this.db, caller, (connection) => connection.inTransaction(work));
    const next = this.working.then(run, run);
    this.working = next.catch(() => undefined);
    return next;
  }

  private async takeIn(tx: Tx, nowMs: number, judging: boolean): Promise<Followed> {
    this.rates = await store.readRates(tx);
    this.sources = await store.readSources(tx);
    const by = await readJudgedBy(tx, this.inForce?.by ?? null);
    if (by !== this.inForce?.by) this.inForce = new Judge(by);
    const { alertDays } = by.policy;
    const from = isoDay(nowMs - (alertDays + WINDOW_DAYS) * DAY_MS);
    const judged = await store.listLoads(tx, true);
    const fresh = judging ? await store.listLoads(tx, false) : [];
    const unseen = [...judged.filter((loadNo) => !this.taken.has(loadNo)), ...fresh];
    const begin = this.memory === null || (await this.comesTooLate(tx, unseen, from));
    const memory = begin ? new PaymentMemory() : (this.memory as PaymentMemory);
    const cases = await store.listCases(tx, begin ? 0n : this.caseNo, from);
    for (const known of cases) memory.tell(known);
    const live = begin ? await this.remember(tx, nowMs) : [];
    if (begin) this.meanwhile = [];
    const followed =
      begin || unseen.length > 0
        ? await replay({
            pages: store.readPayments(tx, begin ? [...judged, ...fresh] : unseen, from),
            ...{ live, memory, judge: this.judge, rates: this.rates, fresh: new Set(fresh) },
            alertsFrom: Date.parse(isoDay(nowMs - alertDays * DAY_MS)) / 1000,
          })
        : nothingFollowed(fresh);
    for (const payment of this.meanwhile ?? []) memory.measure(payment, emptyFeatures());
    this.meanwhile = null;
    this.memory = memory;
    this.taken = new Set([...judged, ...fresh]);
    this.caseNo = cases.at(-1)?.labelNo ?? this.caseNo;
    return followed;
  }

  private async comesTooLate(tx: Tx, loads: readonly number[], from: string): Promise<boolean> {
    const first = loads.length === 0 ? null : await store.firstBookedOn(tx, loads, from);
    return first !== null && Date.parse(first) / 1000 < (this.memory?.newest ?? 0) - streamLimits.lateMax;
  }

  private async remember(tx: Tx, nowMs: number): Promise<Payment[]> {
    const rows = await store.listDecisions(tx, new Date(nowMs - WINDOW_DAYS * DAY_MS));
    return rows.map((row) => {
      const payment = fromDecision(row, this.rates);
      this.answers.set(payment.id, row.answer);
      return payment;
    });
  }
}

const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
