import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { ruleActions } from "../contract.ts";
import { minorOf, type Rates } from "../live/money.ts";
import type { Suspect } from "../live/replay.ts";
import * as store from "./raise-store.ts";
import { episodesOf } from "./rules.ts";

const BATCH = 500;
/** Notices to managers are for what just happened, not for a history that is brought in. */
const TELL_DAYS = 7;

/**
 * One alert for what happens to one customer within days: payments join the alert of their customer that is still being looked at and whose last payment
 * lies at most three days away, or open one together. A payment stands in one alert, whatever is raised again. Answers how many alerts were opened.
 */
export async function raiseAlerts(tx: Tx, clock: Clock, suspects: readonly Suspect[], rates: Rates): Promise<number> {
  let opened = 0;
  for (let from = 0; from < suspects.length; from += BATCH)
    opened += await raiseBatch(tx, clock, suspects.slice(from, from + BATCH), rates);
  return opened;
}

async function raiseBatch(tx: Tx, clock: Clock, batch: readonly Suspect[], rates: Rates): Promise<number> {
  const owners = await store.findOwners(tx, [...new Set(batch.flatMap(({ payment }) => payment.partyId ?? []))]);
  const standing = await store.lockOpenAlerts(tx, [...new Set(owners.values())]);
  const known = await store.findRaised(
    tx,
    batch.map(({ payment }) => payment),
  );
  const fresh = batch
    .filter(({ payment }) => payment.partyId !== null && owners.has(payment.partyId) && !known.has(payment.id))
    .map((suspect) => ({ suspect, customerId: owners.get(suspect.payment.partyId as string) as string, at: suspect.payment.at }));
  const episodes = episodesOf(fresh, standing);
  const told = clock.now().getTime() / 1000 - TELL_DAYS * 86_400;
  const opened: store.NewAlert[] = [];
  const grown: store.GrownAlert[] = [];
  const payments: store.NewPayment[] = [];
  for (const { alert, members } of episodes) {
    const rows = members.map(({ suspect }) => suspect);
    const partyId = alert?.partyId ?? (rows[0]?.payment.partyId as string);
    const alertId = alert?.alertId ?? newId();
    for (const suspect of rows)
      payments.push({ partyId, alertId, suspect, bankMinor: minorOf(suspect.payment.amount, rates), lossMinor: lossOf(suspect, rates) });
    const sums = {
      ...{ partyId, alertId, payments: rows.length },
      firstAt: Math.min(...rows.map(({ payment }) => payment.at)),
      lastAt: Math.max(...rows.map(({ payment }) => payment.at)),
      probability: Math.max(...rows.map(({ judgement }) => judgement.probability)),
      amountMinor: rows.reduce((sum, { payment }) => sum + minorOf(payment.amount, rates), 0n),
      lossMinor: rows.reduce((sum, suspect) => sum + lossOf(suspect, rates), 0n),
      action: ruleActions.toReversed().find((action) => rows.some(({ judgement }) => judgement.action === action)) ?? "review",
    };
    if (alert === null) opened.push(sums);
    else grown.push(sums);
  }
  await store.insertAlerts(tx, opened);
  await store.growAlerts(tx, grown);
  await store.insertPayments(tx, payments);
  await store.tellManagers(
    tx,
    opened.filter(({ lastAt }) => lastAt >= told).map(({ alertId }) => alertId),
  );
  return opened.length;
}

const lossOf = ({ payment, judgement }: Suspect, rates: Rates) => minorOf(judgement.probability * payment.amount, rates);
