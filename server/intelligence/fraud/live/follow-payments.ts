import { record } from "../../../governance/audit/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { raiseAlerts } from "../alerts/raise-alerts.ts";
import { watchCourse } from "../watching/read-course.ts";
import { watchScore } from "../watching/watch-score.ts";
import { deskOf } from "./desk.ts";
import * as store from "./store.ts";

export interface FollowedPayments {
  readonly loads: number;
  readonly payments: number;
  readonly alerts: number;
}

/**
 * Judges the payments of loads that nobody judged yet, in the order in which they were booked, and raises alerts for those of the days the rules in force
 * name. Doing it again changes nothing: a payment stands in one alert. Then it is judged how the alerts of the last weeks do.
 */
export async function followPayments({ db, caller, clock }: { db: Db; caller: Caller; clock: Clock }): Promise<FollowedPayments> {
  const desk = deskOf(db);
  const { loads, suspects, arrivals, looked } = await desk.follow(caller, clock);
  if (loads.size === 0) {
    await store.asWorker(db, caller, (tx) => watchCourse(tx, clock));
    return { loads: 0, payments: 0, alerts: 0 };
  }
  const keep = store.asWorker(db, caller, async (tx) => {
    const alerts = await raiseAlerts(tx, clock, suspects, desk.rates);
    await store.saveFollowed(
      tx,
      [...loads].map(([loadNo, { payments, suspects: raised }]) => ({ loadNo, payments, alerts: raised })),
    );
    const payments = [...loads.values()].reduce((sum, load) => sum + load.payments, 0);
    await record(tx, {
      ...{ caller, action: "payment.followed", subjectKind: "load", subjectCount: loads.size },
      detail: { payments, suspects: suspects.length, alerts, ...arrivals },
    });
    await watchScore(tx, clock, looked);
    await watchCourse(tx, clock);
    return { loads: loads.size, payments, alerts };
  });
  return keep.catch((error: unknown) => {
    desk.forget();
    throw error;
  });
}
