import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { factCurrency } from "../facts/index.ts";
import { GROUP_MEMBERS_MAX, HISTORY_MONTHS_MAX } from "./contract.ts";
import * as store from "./customer-store.ts";
import { readPolicy } from "./policy/store.ts";
import { todayOf } from "./today.ts";
import { listAlertsOf, listWatchOf } from "./watching/list-store.ts";

const EXPOSURES_MAX = 200;

/** Everything about one customer's credit risk that the caller may see. Points are not shown of who objects to profiling. Fails with not_allowed, not_found. */
export async function readCustomerRisk(tx: Tx, caller: Caller, clock: Clock, customerId: string) {
  permit(caller, "customer:read");
  const head = await store.readHead(tx, customerId);
  if (head === null) throw new DomainError("not_found", "no such customer for this caller");
  const { policy } = await readPolicy(tx);
  const today = todayOf(clock.now());
  const row = await store.readRating(tx, customerId);
  const watch = await listWatchOf(tx, customerId);
  const names = await readNames(
    tx,
    watch.flatMap(({ enteredBy, reviewedBy, leftBy }) => [enteredBy, reviewedBy, leftBy].filter((id) => id !== null)),
  );
  const exposures = await store.listExposures(tx, customerId, EXPOSURES_MAX);
  const history = row === null || !row.mayProfile ? [] : await store.readMonths(tx, customerId, HISTORY_MONTHS_MAX);
  await record(tx, {
    ...{ caller, action: "credit.viewed", subjectKind: "customer", subjectIds: [customerId], fieldClasses: ["money"] },
  });
  return {
    currency: await factCurrency(tx),
    rating: row === null ? null : shown(row),
    bands: policy.bands.map(({ code }) => code),
    history,
    exposures,
    limit: limitAgainst(await store.readLimit(tx, customerId, "customer", today), policy.limits[head.kind], row?.committedMinor ?? 0n),
    group: await groupOf(tx, customerId, policy.limits.group, today),
    watch: watch.map(({ enteredBy, reviewedBy, leftBy, ...rest }) => ({
      ...rest,
      enteredByName: names.get(enteredBy) ?? null,
      reviewedByName: reviewedBy === null ? null : (names.get(reviewedBy) ?? null),
      leftByName: leftBy === null ? null : (names.get(leftBy) ?? null),
    })),
    alerts: await listAlertsOf(tx, customerId),
  };
}

/** An objection counts at once, also for what was worked out before it. */
function shown({ mayProfile, ...row }: store.RatingRow) {
  if (mayProfile || row.basis !== "scorecard") return row;
  return { ...row, basis: "arrears" as const, points: null, challengerProbability: null, bandBefore: null, parts: [] };
}

function limitAgainst(own: store.LimitRow | null, common: number, committedMinor: bigint) {
  const amountMinor = own?.amountMinor ?? BigInt(common);
  return { amountMinor, own: own !== null, validUntil: own?.validUntil ?? null, committedMinor, breached: committedMinor > amountMinor };
}

async function groupOf(tx: Tx, customerId: string, common: number, today: string) {
  const members = await store.listMembers(tx, customerId, GROUP_MEMBERS_MAX);
  if (members.length < 2) return null;
  const committed = members.reduce((sum, { committedMinor }) => sum + committedMinor, 0n);
  return { members, limit: limitAgainst(await store.readLimit(tx, customerId, "group", today), common, committed) };
}
