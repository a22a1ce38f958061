import { record } from "../../../governance/audit/index.ts";
import { type Tx, withWorkerConnection } from "../../../platform/db/index.ts";
import { connectedGroups } from "../connected.ts";
import type { CreditPolicy } from "../policy/contract.ts";
import { readPolicy } from "../policy/store.ts";
import { dayOf, isoOf } from "../rating/days.ts";
import type { CreditOrder } from "../rating/rate-customers.ts";
import { notchesWorse, type WatchRule, watchReasons } from "../rules.ts";
import * as store from "./store.ts";

const BATCH_CUSTOMERS = 2_000;
/** Alerts of one batch told one by one; a bank's first look is not a flood of them. */
const TOLD_MAX = 200;

/**
 * Finds the groups of connected customers anew, then looks at the rated customers for whom anything moved, or at all: who exceeds a limit, who is to be
 * watched, whose band fell. One alert a matter while it lasts, told to the relationship manager; group limits to who sets limits. Repeating it changes nothing.
 */
export async function watchCustomers({ db, caller, clock, customerIds }: CreditOrder): Promise<{ entered: number; alerts: number }> {
  const today = isoOf(Math.floor(clock.now().getTime() / 86_400_000));
  return withWorkerConnection(db, caller, async (connection) => {
    const { policy, among } = await connection.inTransaction(async (tx) => {
      const regrouped = await store.saveGroups(tx, connectedGroups(await store.readConnections(tx, today)));
      const { version: policyVersion, policy } = await readPolicy(tx);
      if (customerIds === null) return { policy, among: null };
      const changed = { customerIds: [...customerIds, ...regrouped.customerIds], groupIds: regrouped.groupIds };
      return { policy, among: await store.listMoved(tx, { ...changed, today, quietDays: policy.watch.quietDays, policyVersion }) };
    });
    const total = { entered: 0, alerts: 0 };
    for (let after: string | null = null; ; ) {
      const looked: readonly store.Standing[] = await connection.inTransaction(async (tx) => {
        const standings = await store.readStandings(tx, { among, after, today, quietDays: policy.watch.quietDays, max: BATCH_CUSTOMERS });
        const { entered, alerts } = await act(tx, caller, policy, standings, clock.now());
        total.entered += entered;
        total.alerts += alerts;
        return standings;
      });
      after = looked.at(-1)?.customerId ?? after;
      if (looked.length < BATCH_CUSTOMERS) return total;
    }
  });
}

async function act(tx: Tx, caller: CreditOrder["caller"], policy: CreditPolicy, standings: readonly store.Standing[], now: Date) {
  const judged = standings.map((standing) => ({ standing, ...judge(policy, standing) }));
  const reviewOn = isoOf(dayOf(now.toISOString().slice(0, 10)) + policy.watch.reviewDays);
  const toEnter = judged.flatMap(({ standing, rules }) => {
    const rule = standing.isWatched ? undefined : rules.find((one) => !standing.quietRules.includes(one));
    return rule === undefined ? [] : [{ partyId: standing.partyId, rule }];
  });
  const entered = await store.enterByRule(tx, toEnter, caller.userId, reviewOn);
  const isWatched = ({ standing }: (typeof judged)[number]) => standing.isWatched || entered.has(standing.partyId);
  const alerts = judged.flatMap((one) => [
    ...one.alerts,
    ...(isWatched(one) ? [{ partyId: one.standing.partyId, kind: "watched" as const, detail: { rule: one.rules[0] ?? null } }] : []),
  ]);
  await store.closeAlerts(
    tx,
    standings.map(({ partyId }) => partyId),
    alerts,
    now,
  );
  const opened = await store.openAlerts(tx, alerts);
  await tellAll(tx, standings, opened);
  const subjects = standings.filter(({ partyId }) => entered.has(partyId)).map(({ customerId }) => customerId);
  if (subjects.length > 0) await record(tx, { caller, action: "watch.entered", subjectKind: "customer", subjectIds: subjects });
  return { entered: entered.size, alerts: opened.length };
}

async function tellAll(tx: Tx, standings: readonly store.Standing[], opened: readonly { partyId: string; kind: store.AlertKind }[]) {
  const byParty = new Map(standings.map((standing) => [standing.partyId, standing]));
  const riskOfficers = opened.some(({ kind }) => kind === "group_limit_breached") ? await store.holdersOf(tx, "credit:manage") : [];
  for (const { partyId, kind } of opened.slice(0, TOLD_MAX)) {
    const standing = byParty.get(partyId);
    // A notice says that the customer exists: of sealed ones none is written.
    if (standing === undefined || standing.isSealed) continue;
    const to = kind === "group_limit_breached" ? riskOfficers : standing.ownerId === null ? [] : [standing.ownerId];
    if (to.length > 0) await store.tell(tx, to, kind, standing.customerNo);
  }
}

interface Judgement {
  readonly rules: readonly WatchRule[];
  readonly alerts: readonly store.Alert[];
}

function judge(policy: CreditPolicy, standing: store.Standing): Judgement {
  const limit = Number(standing.limitMinor ?? policy.limits[standing.kind]);
  const groupLimit = Number(standing.groupLimitMinor ?? policy.limits.group);
  const [committed, group] = [Number(standing.committedMinor), Number(standing.groupCommittedMinor ?? 0)];
  const overLimit = committed > limit;
  // The group's alert stands once, at the member it is named after.
  const overGroup = standing.groupId === standing.customerId && group > groupLimit;
  const rules = watchReasons(policy, {
    ...{ daysPastDue: standing.daysPastDue, band: standing.band, bandBefore: standing.bandBefore, salaryStopped: standing.salaryStopped },
    ...{ utilisation: limit > 0 ? committed / limit : null, overLimit, drawnMinor: Number(standing.drawnMinor) },
  });
  const { partyId, bandBefore, band } = standing;
  const worse = bandBefore === null ? 0 : notchesWorse(policy, bandBefore, band);
  return {
    rules,
    alerts: [
      ...(overLimit ? [{ partyId, kind: "limit_breached" as const, detail: { committed, limit } }] : []),
      ...(overGroup ? [{ partyId, kind: "group_limit_breached" as const, detail: {} }] : []),
      ...(worse >= policy.watch.notches ? [{ partyId, kind: "band_worsened" as const, detail: { from: bandBefore, to: band } }] : []),
    ],
  };
}
