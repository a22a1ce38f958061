import type { Arrival, Transaction } from "../transaction.ts";
import { BoundedKeys, RecentIds } from "./bounded-keys.ts";
import { featureCatalogue, LABEL_DELAY, requireFeature, riskWindows, windows } from "./catalogue.ts";
import { OwnAmounts } from "./own-amounts.ts";
import { hashText, Partners } from "./partners.ts";
import { COUNT, FRAUDS, LARGE, MAX, NIGHT, STRIDE, SUM, TIME, WEEKEND, WindowLog } from "./window-log.ts";

const DAY = 86_400;

/** What the stream may remember and bear. Times in seconds. */
export interface StreamLimits {
  readonly accountsMax: number;
  readonly payeesMax: number;
  readonly entriesMax: number;
  readonly idsMax: number;
  /** How far behind the newest transaction one may still come. */
  readonly lateMax: number;
  /** How far ahead of the bank's clock one may be dated; it then counts as of the clock. */
  readonly aheadMax: number;
}

export const streamLimits: StreamLimits = {
  accountsMax: 500_000,
  payeesMax: 500_000,
  entriesMax: 256,
  idsMax: 250_000,
  lateMax: 7 * DAY,
  aheadMax: 600,
};

const MONTH = 30 * DAY;
const HORIZON = LABEL_DELAY + MONTH;
const windowSeconds = windows.map(([, seconds]) => seconds);
const riskSeconds = riskWindows.map(([, seconds]) => seconds);
/** Averages below count as this, so that a ratio to nothing is large, not infinite. */
const CENT = 0.01;
const ACCOUNT_IDLE_MAX = 180 * DAY;
const LARGE_FACTOR = 3;

class Account {
  readonly log = new WindowLog();
  readonly payees = new Partners();
  readonly amounts = new OwnAmounts();
}

class Payee {
  readonly log = new WindowLog();
  readonly accounts = new Partners();
}

const accountBlock = requireFeature("account.count_1h");
const payeeBlock = requireFeature("payee.count_1h");
const riskBlock = requireFeature("payee.known_24h");
const firstFraud = requireFeature("payee.days_since_first_fraud");
const knownFrauds = requireFeature("account.known_frauds_30d");
const sinceLast = requireFeature("account.seconds_since_last");
const amountZ = requireFeature("account.amount_z");
const newPayee = requireFeature("account.new_payee");

/**
 * Features of transactions from the past only, one after the other. Batch and live use are the same code: a batch is a stream replayed. Deterministic:
 * the same transactions and confirmations in the same order give the same numbers. In memory only; after a restart the last 37 days are replayed.
 */
export class FeatureStream {
  private readonly accounts: BoundedKeys<Account>;
  private readonly payees: BoundedKeys<Payee>;
  private readonly ids: RecentIds;
  private readonly limits: StreamLimits;
  private newest = Number.NEGATIVE_INFINITY;

  constructor(limits: Partial<StreamLimits> = {}) {
    this.limits = { ...streamLimits, ...limits };
    this.accounts = new BoundedKeys(() => new Account(), { keysMax: this.limits.accountsMax, idleMax: ACCOUNT_IDLE_MAX });
    this.payees = new BoundedKeys(() => new Payee(), { keysMax: this.limits.payeesMax, idleMax: HORIZON });
    this.ids = new RecentIds(this.limits.idsMax);
  }

  /** Writes the features of a transaction (order of `featureCatalogue`) and takes it into the windows. Unless "measured", nothing is written or taken in. */
  measure(transaction: Transaction, into: Float64Array): Arrival {
    const time = this.placeInTime(transaction);
    if (typeof time === "string") return time;
    const { id, amount } = transaction;
    if (amount < 0) return "refund";
    if (this.ids.has(id)) return "duplicate";
    this.ids.add(id);
    this.newest = Math.max(this.newest, time);
    const account = this.accounts.see(transaction.account, this.newest);
    const payee = this.payees.see(transaction.payee, this.newest);
    const isLarge = amount > LARGE_FACTOR * account.amounts.average();
    const day = Math.floor(time / DAY);
    const secondOfDay = time - day * DAY;
    const weekday = ((((day + 3) % 7) + 7) % 7) + 1; // 1 January 1970 was a Thursday
    const entry = { time, amount, isNight: secondOfDay < 6 * 3_600, isWeekend: weekday >= 6, isLarge };
    into[0] = amount;
    into[1] = secondOfDay / 3_600;
    into[2] = weekday;
    into[3] = entry.isNight ? 1 : 0;
    into[4] = entry.isWeekend ? 1 : 0;
    const ofAccount = { data: account.log.data, from: (account.log.placeAfter(time) - 1) * STRIDE, block: accountBlock };
    const ofPayee = { data: payee.log.data, from: (payee.log.placeAfter(time) - 1) * STRIDE, block: payeeBlock };
    writeWindows(ofAccount, time, amount, into);
    writeWindows(ofPayee, time, amount, into);
    writeRisk(ofPayee, time, into);
    writeOwnHistory(ofAccount, entry, account.amounts, into);
    writePartners({ account, payee, time, accountHash: hashText(transaction.account), payeeHash: hashText(transaction.payee) }, into);
    account.log.add(entry, HORIZON, this.limits.entriesMax);
    payee.log.add(entry, HORIZON, this.limits.entriesMax);
    account.amounts.note(time, amount);
    return "measured";
  }

  /** A payment turned out to be fraud. Whenever this is said, the windows of known frauds look at it from LABEL_DELAY after the payment on. */
  confirmFraud({ account, payee, at, receivedAt }: Pick<Transaction, "account" | "payee" | "at" | "receivedAt">): void {
    const time = Math.min(at, receivedAt ?? at);
    this.accounts.find(account)?.log.addFraud(time);
    this.payees.find(payee)?.log.addFraud(time);
  }

  /** What is remembered: for watching memory. */
  get memory(): { readonly accounts: number; readonly payees: number; readonly entries: number } {
    let entries = 0;
    for (const { log } of this.accounts.states()) entries += log.size;
    for (const { log } of this.payees.states()) entries += log.size;
    return { accounts: this.accounts.size, payees: this.payees.size, entries };
  }

  private placeInTime({ at, amount, account, payee, receivedAt }: Transaction): number | Arrival {
    if (!Number.isFinite(at) || !Number.isFinite(amount) || account === "" || payee === "") return "invalid";
    const ahead = receivedAt === undefined ? 0 : at - receivedAt;
    if (ahead > this.limits.aheadMax) return "ahead_of_clock";
    const time = Math.min(at, receivedAt ?? at);
    return time < this.newest - this.limits.lateMax ? "too_late" : time;
  }
}

/** Count, sum, mean and maximum of each window up to `time`, the present payment included. One walk from the newest entry back. */
function writeWindows({ data, from: newest, block }: Walk, time: number, amount: number, into: Float64Array): void {
  let from = newest;
  let [count, sum, max] = [1, amount, amount];
  let at = block;
  for (const seconds of windowSeconds) {
    const oldest = time - seconds;
    for (; from >= 0 && (data[from + TIME] as number) > oldest; from -= STRIDE) {
      count += data[from + COUNT] as number;
      sum += data[from + SUM] as number;
      const most = data[from + MAX] as number;
      if (most > max) max = most;
    }
    into[at] = count;
    into[at + 1] = sum;
    into[at + 2] = sum / count;
    into[at + 3] = max;
    at += 4;
  }
}

/** Where a walk over a log begins: the newest entry that is not after the payment, and where its features go. */
interface Walk {
  readonly data: Float64Array;
  readonly from: number;
  readonly block: number;
}

/** What was known of frauds at the payee LABEL_DELAY ago. */
function writeRisk({ data, from: newest }: Walk, time: number, into: Float64Array): void {
  const end = time - LABEL_DELAY;
  let from = newest;
  while (from >= 0 && (data[from + TIME] as number) > end) from -= STRIDE;
  let [count, frauds, first, last] = [0, 0, Number.NaN, Number.NaN];
  let at = riskBlock;
  for (const seconds of riskSeconds) {
    const oldest = end - seconds;
    for (; from >= 0 && (data[from + TIME] as number) > oldest; from -= STRIDE) {
      count += data[from + COUNT] as number;
      const found = data[from + FRAUDS] as number;
      if (found === 0) continue;
      frauds += found;
      first = data[from + TIME] as number;
      if (Number.isNaN(last)) last = first;
    }
    into[at] = count;
    into[at + 1] = count === 0 ? Number.NaN : frauds / count;
    at += 2;
  }
  into[firstFraud] = (time - first) / DAY;
  into[firstFraud + 1] = (time - last) / DAY;
}

/** How the payment compares with the account's own past, and with the payee's; the windows are written already. */
function writeOwnHistory(
  { data, from: newest }: Walk,
  { time, amount, isNight, isWeekend, isLarge }: Entry,
  amounts: OwnAmounts,
  into: Float64Array,
): void {
  let [frauds, night, weekend, count, large, max] = [0, isNight ? 1 : 0, isWeekend ? 1 : 0, 1, isLarge ? 1 : 0, Number.NaN];
  const [month, delayed, horizon] = [time - MONTH, time - LABEL_DELAY, time - HORIZON];
  for (let from = newest; from >= 0; from -= STRIDE) {
    const at = data[from + TIME] as number;
    if (at <= horizon) break;
    if (at > delayed) large += data[from + LARGE] as number;
    else frauds += data[from + FRAUDS] as number;
    if (at <= month) continue;
    count += data[from + COUNT] as number;
    night += data[from + NIGHT] as number;
    weekend += data[from + WEEKEND] as number;
    const most = data[from + MAX] as number;
    if (!(most <= max)) max = most;
  }
  into[knownFrauds] = frauds;
  into[sinceLast] = newest < 0 ? Number.NaN : time - (data[newest + TIME] as number);
  into[sinceLast + 1] = night / count;
  into[sinceLast + 2] = weekend / count;
  into[amountZ] = amounts.deviation(amount);
  into[amountZ + 1] = amount / Math.max(amounts.average(), CENT);
  into[amountZ + 2] = amount / Math.max(max, CENT);
  into[amountZ + 3] = large;
  const atPayee = payeeBlock + 4 * (windows.length - 1);
  const [earlier, sum] = [(into[atPayee] as number) - 1, (into[atPayee + 1] as number) - amount];
  into[amountZ + 4] = earlier === 0 ? Number.NaN : amount / Math.max(sum / earlier, CENT);
}

interface Entry {
  readonly time: number;
  readonly amount: number;
  readonly isNight: boolean;
  readonly isWeekend: boolean;
  readonly isLarge: boolean;
}

interface Meeting {
  readonly account: Account;
  readonly payee: Payee;
  readonly time: number;
  readonly accountHash: number;
  readonly payeeHash: number;
}

function writePartners({ account, payee, time, accountHash, payeeHash }: Meeting, into: Float64Array): void {
  const first = account.payees.meet(payeeHash, time);
  payee.accounts.meet(accountHash, time);
  into[newPayee] = first === undefined ? 1 : 0;
  into[newPayee + 1] = first === undefined ? 0 : Math.max(0, time - first) / DAY;
  into[newPayee + 2] = account.payees.within24h(time);
  into[newPayee + 3] = payee.accounts.within24h(time);
}

/** A vector to measure into. */
export function emptyFeatures(): Float64Array {
  return new Float64Array(featureCatalogue.length);
}
