import type { Tx } from "../../../platform/db/index.ts";
import type { History } from "../features/measure-history.ts";
import { fromRow, paymentId } from "../live/payment.ts";
import * as live from "../live/store.ts";
import type { Transaction } from "../transaction.ts";

const DAY_MS = 86_400_000;
const HISTORY_DAYS = 760;
const PAYMENTS_MAX = 2_000_000;

/** Payments of the bank's own past in columns, so that a thread can be handed them. Texts stand once, by number. */
export interface PaymentColumns {
  readonly count: number;
  readonly at: Float64Array;
  readonly amounts: Float64Array;
  readonly accounts: Int32Array;
  readonly payees: Int32Array;
  readonly channels: Int32Array;
  readonly categories: Int32Array;
  readonly parties: Int32Array;
  readonly isFraud: Uint8Array;
  readonly ids: readonly string[];
  readonly texts: readonly string[];
  /** Wall seconds of the newest payment that somebody decided on; -Infinity without any. */
  readonly lastCaseAt: number;
}

class Texts {
  readonly list: string[] = [];
  private readonly places = new Map<string, number>();

  placeOf(text: string | null | undefined): number {
    if (text === null || text === undefined) return -1;
    const known = this.places.get(text);
    if (known !== undefined) return known;
    this.places.set(text, this.list.length);
    this.list.push(text);
    return this.list.length - 1;
  }
}

/** At most two million payments of two years, in the order of booking: of a larger bank the first of them. What nobody decided on counts as genuine. */
export async function readHistory(tx: Tx, now: Date): Promise<PaymentColumns> {
  const from = new Date(now.getTime() - HISTORY_DAYS * DAY_MS).toISOString().slice(0, 10);
  const rates = await live.readRates(tx);
  const cases = new Map((await live.listCases(tx, 0n, from)).map((known) => [paymentId(known.sourceId, known.sourceKey), known.isFraud]));
  const loads = [...(await live.listLoads(tx, true)), ...(await live.listLoads(tx, false))];
  const texts = new Texts();
  const [at, amounts, accounts, payees, channels, categories, parties]: number[][] = [[], [], [], [], [], [], []] as never;
  const [isFraud, ids]: [number[], string[]] = [[], []];
  let lastCaseAt = Number.NEGATIVE_INFINITY;
  for await (const page of live.readPayments(tx, loads, from)) {
    for (const row of page) {
      const payment = fromRow(row, rates);
      at?.push(payment.at);
      amounts?.push(payment.amount);
      accounts?.push(texts.placeOf(payment.account));
      payees?.push(texts.placeOf(payment.payee));
      channels?.push(texts.placeOf(payment.channel));
      categories?.push(texts.placeOf(payment.category));
      parties?.push(texts.placeOf(payment.partyId));
      const known = cases.get(payment.id);
      if (known !== undefined) lastCaseAt = Math.max(lastCaseAt, payment.at);
      isFraud.push(known === true ? 1 : 0);
      ids.push(payment.id);
    }
    if (ids.length >= PAYMENTS_MAX) break;
  }
  return {
    ...{
      count: ids.length,
      at: Float64Array.from(at ?? []),
      amounts: Float64Array.from(amounts ?? []),
      accounts: Int32Array.from(accounts ?? []),
    },
    ...{ payees: Int32Array.from(payees ?? []), channels: Int32Array.from(channels ?? []), categories: Int32Array.from(categories ?? []) },
    ...{ parties: Int32Array.from(parties ?? []), isFraud: Uint8Array.from(isFraud), ids, texts: texts.list, lastCaseAt },
  };
}

export function historyOf(columns: PaymentColumns): History {
  const { texts, at, amounts, accounts, payees, channels, categories, ids, isFraud, count } = columns;
  const text = (place: number | undefined) => texts[place ?? -1];
  return {
    count,
    isFraud: (place) => isFraud[place] === 1,
    transaction: (place): Transaction => {
      const [channel, category] = [text(channels[place]), text(categories[place])];
      return {
        ...{
          id: ids[place] ?? "",
          at: at[place] ?? 0,
          account: text(accounts[place]) ?? "",
          payee: text(payees[place]) ?? "",
          amount: amounts[place] ?? 0,
        },
        ...(channel === undefined ? {} : { channel }),
        ...(category === undefined ? {} : { category }),
      };
    },
  };
}
