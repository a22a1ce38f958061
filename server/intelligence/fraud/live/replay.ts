import { setImmediate as turn } from "node:timers/promises";
import { Reservoir } from "../../../platform/random/index.ts";
import { emptyFeatures } from "../features/feature-stream.ts";
import type { Arrival } from "../transaction.ts";
import type { Explanation, Judge, Judgement } from "./judge.ts";
import type { Rates } from "./money.ts";
import { fromRow, type Payment } from "./payment.ts";
import type { PaymentMemory } from "./payment-memory.ts";
import type { LoadedPayment } from "./store.ts";

/** So many payments are measured before others of this process have their turn: some three milliseconds. */
const PAYMENTS_PER_TURN = 150;
const LOOKED_AT_MAX = 10_000;

/** A payment that something is to be done about, with why. */
export interface Suspect {
  readonly payment: Payment;
  readonly judgement: Judgement;
  readonly explanation: Explanation;
  readonly setNo: number;
  readonly modelNo: number | null;
  readonly isLive: boolean;
}

export interface Followed {
  /** By load: payments judged, and suspects among them. */
  readonly loads: ReadonlyMap<number, { payments: number; suspects: number }>;
  readonly suspects: readonly Suspect[];
  readonly arrivals: Readonly<Record<Arrival, number>>;
  /** Features of a sample of the payments judged: how the score does today. */
  readonly looked: readonly Float64Array[];
}

export interface Replay {
  readonly pages: AsyncIterable<readonly LoadedPayment[]>;
  /** What the switch asked, oldest first: put between the payments of loads by time. */
  readonly live: readonly Payment[];
  readonly memory: PaymentMemory;
  readonly judge: Judge;
  readonly rates: Rates;
  /** Loads whose payments are judged; others only fill the windows. */
  readonly fresh: ReadonlySet<number>;
  /** Wall seconds; older payments raise no alert. */
  readonly alertsFrom: number;
}

const none = (): Record<Arrival, number> => ({ measured: 0, duplicate: 0, too_late: 0, ahead_of_clock: 0, refund: 0, invalid: 0 });

export const nothingFollowed = (loads: readonly number[]): Followed => ({
  loads: new Map(loads.map((loadNo) => [loadNo, { payments: 0, suspects: 0 }])),
  suspects: [],
  arrivals: none(),
  looked: [],
});

/** Measures payments in the order of their time and judges those of fresh loads. Memory grows with the suspects only. */
export async function replay({ pages, live, memory, judge, rates, fresh, alertsFrom }: Replay): Promise<Followed> {
  const features = emptyFeatures();
  const suspects: Suspect[] = [];
  const { loads } = nothingFollowed([...fresh]);
  const arrivals = none();
  const { setNo, model } = judge.by;
  const sample = new Reservoir<Float64Array>(LOOKED_AT_MAX);
  let [nextLive, measured] = [0, 0];
  const takeLive = (until: number) => {
    for (let next = live[nextLive]; next !== undefined && next.at <= until; next = live[nextLive]) {
      memory.measure(next, features);
      nextLive += 1;
    }
  };
  for await (const page of pages) {
    for (const row of page) {
      const payment = fromRow(row, rates);
      takeLive(payment.at);
      const arrival = memory.measure(payment, features);
      const load = loads.get(row.loadNo);
      if (load !== undefined) {
        arrivals[arrival] += 1;
        load.payments += 1;
        // Before, the windows are not filled yet: such features would look like a change of customers.
        if (arrival === "measured" && payment.at >= alertsFrom) sample.offer(() => features.slice());
        if (arrival === "measured" && payment.at >= alertsFrom && !memory.isKnownCase(payment.id)) {
          const judgement = judge.judge(payment, features);
          if (judgement.action !== null) {
            load.suspects += 1;
            suspects.push({
              payment,
              judgement,
              explanation: judge.explain(payment, features, judgement),
              setNo,
              modelNo: model?.modelNo ?? null,
              isLive: false,
            });
          }
        }
      }
      measured += 1;
      if (measured % PAYMENTS_PER_TURN === 0) await turn();
    }
  }
  takeLive(Number.POSITIVE_INFINITY);
  return { loads, suspects, arrivals, looked: sample.kept };
}
