import { record } from "../../../governance/audit/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db, Tx } from "../../../platform/db/index.ts";
import { servingReports, watchRows } from "../../scores/index.ts";
import { raiseAlerts } from "../alerts/raise-alerts.ts";
import { FeatureColumns } from "../features/measure-history.ts";
import { FRAUD_MODEL, scoreTable } from "../model.ts";
import { deskOf } from "./desk.ts";
import * as store from "./store.ts";

export interface FollowedPayments {
  readonly loads: number;
  readonly payments: number;
  readonly alerts: number;
}

/**
 * Judges the payments of loads that nobody judged yet, in the order in which they were booked, and raises alerts for those of the days the rules in force
 * name. Doing it again changes nothing: a payment stands in one alert.
 */
export async function followPayments({ db, caller, clock }: { db: Db; caller: Caller; clock: Clock }): Promise<FollowedPayments> {
  const desk = deskOf(db);
  const { loads, suspects, arrivals, looked } = await desk.follow(caller, clock);
  if (loads.size === 0) return { loads: 0, payments: 0, alerts: 0 };
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
    return { loads: loads.size, payments, alerts };
  });
  return keep.catch((error: unknown) => {
    desk.forget();
    throw error;
  });
}

/** Of fewer, chance alone moves the shares. */
const LOOKED_AT_MIN = 1_000;

/** How champion and challenger do on the payments of today, by a sample. What came of them is known later, and only of those that somebody looked into. */
async function watchScore(tx: Tx, clock: Clock, looked: readonly Float64Array[]): Promise<void> {
  if (looked.length < LOOKED_AT_MIN) return;
  const rows = new FeatureColumns(looked.length);
  for (const features of looked) rows.add(features);
  const seen = { table: scoreTable(rows), known: null };
  const { champion, challenger } = await servingReports(tx, FRAUD_MODEL);
  const asOf = clock.now().toISOString().slice(0, 10);
  for (const one of [champion, challenger])
    if (one !== null) await watchRows(tx, clock, { modelId: FRAUD_MODEL, version: one.version, asOf }, seen);
}
