import { record } from "../../../governance/audit/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import { type Db, withWorkerConnection } from "../../../platform/db/index.ts";
import { factorsOn } from "../../facts/index.ts";
import { writeModel } from "../../learning/index.ts";
import { type CreditHistory, characteristicsOf, daysPastDueOn, endOfMonth, firstArrears, monthOfDay } from "../behaviour.ts";
import { type CreditMeasures, type Snapshot, trainCreditModel } from "../credit-model.ts";
import type { CreditPolicy } from "../policy/contract.ts";
import { readPolicy } from "../policy/store.ts";
import { arrearsProbability } from "../rules.ts";
import { dayOf, isoOf, isoOfMonth } from "./days.ts";
import { listDebtors, readHistories, readLastBookedDay } from "./history-store.ts";
import * as store from "./store.ts";

const BATCH_CUSTOMERS = 2_000;
const CUSTOMERS_MAX = 50_000;
const HISTORY_MONTHS = 36;
/** Months that must lie before the first one learned from. */
const WARM_MONTHS = 5;

export interface LearningOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly clock: Clock;
}

export type Learned =
  | { readonly learned: true; readonly modelNo: number; readonly measures: CreditMeasures }
  /** Not enough defaults or months yet: customers are judged by their days past due, as the policy says. */
  | { readonly learned: false; readonly rows: number; readonly events: number };

/**
 * Trains scorecard and challenger on what was known at the end of each past month and what came afterwards, and puts them in force. Customers
 * who object to profiling, and sealed ones, are left out. Looks at 50,000 debtors of the last three years at most.
 */
export async function learnCredit({ db, caller, clock }: LearningOrder): Promise<Learned> {
  return withWorkerConnection(db, caller, async (connection) => {
    const { policy, asOf, left } = await connection.inTransaction(async (tx) => ({
      policy: (await readPolicy(tx)).policy,
      asOf: await readLastBookedDay(tx, isoOf(Math.floor(clock.now().getTime() / 86_400_000))),
      left: new Set([...(await store.readNotProfiled(tx)), ...(await store.readSealed(tx))]),
    }));
    const snapshots: Snapshot[] = [];
    if (asOf !== null) {
      const factors = await connection.inTransaction((tx) => factorsOn(tx, asOf));
      const from = isoOfMonth(monthOfDay(dayOf(asOf)) - HISTORY_MONTHS);
      for (let after: string | null = null, seen = 0; seen < CUSTOMERS_MAX; ) {
        const ids: string[] = await connection.inTransaction((tx) => listDebtors(tx, null, after, BATCH_CUSTOMERS));
        const known = ids.filter((id) => !left.has(id));
        const histories = await connection.inTransaction((tx) => readHistories(tx, factors, known, from));
        for (const [customerId, history] of histories) snapshots.push(...snapshotsOf(policy, customerId, history, dayOf(asOf)));
        seen += ids.length;
        after = ids.at(-1) ?? after;
        if (ids.length < BATCH_CUSTOMERS) break;
      }
    }
    const events = snapshots.filter(({ event }) => event).length;
    if (asOf === null || events < policy.learning.eventsMin || events === snapshots.length)
      return { learned: false, rows: snapshots.length, events };
    const model = trainCreditModel(snapshots, policy.learning.horizonMonths);
    return connection.inTransaction(async (tx) => {
      const { champion, challenger, calibration, measures } = model;
      const files = { champion: writeModel(champion), challenger: writeModel(challenger) };
      const modelNo = await store.saveModel(tx, { by: caller.userId, seenUntil: asOf, ...files, calibration, measures });
      await record(tx, {
        ...{ caller, action: "credit_model.trained", subjectKind: "credit_model" },
        detail: { modelNo, rows: measures.rows, events: measures.events },
      });
      return { learned: true, modelNo, measures };
    });
  });
}

/** A customer at the end of each month whose outcome is known by `lastDay`; not while already in the trouble to be foreseen, and not without a plan to keep. */
export function snapshotsOf(policy: CreditPolicy, customerId: string, history: CreditHistory, lastDay: number): Snapshot[] {
  const { eventDays, horizonMonths } = policy.learning;
  const first = Math.min(...history.months.map(({ month }) => month));
  const result: Snapshot[] = [];
  for (let month = first + WARM_MONTHS; endOfMonth(month + horizonMonths) <= lastDay; month += 1) {
    const day = endOfMonth(month);
    const open = history.plans.filter(({ openedDay, repaidDay }) => openedDay <= day && (repaidDay === null || repaidDay > day));
    if (open.every(({ payments }) => payments === null) || daysPastDueOn(open, day) >= eventDays) continue;
    const values = characteristicsOf(history, day);
    const event = firstArrears(open, eventDays, day, endOfMonth(month + horizonMonths)) !== null;
    result.push({ customerId, month, values, event, baseline: arrearsProbability(policy, values.daysPastDue) });
  }
  return result;
}
