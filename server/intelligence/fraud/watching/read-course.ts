import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Tx } from "../../../platform/db/index.ts";
import { COURSE_WEEKS, type CourseWeek } from "./contract.ts";
import { isMature, levelOf, signsOf } from "./rules.ts";
import * as store from "./store.ts";

const DAY_MS = 86_400_000;
const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);

async function weeksOf(tx: Tx, clock: Clock): Promise<{ weeks: CourseWeek[]; today: string }> {
  const now = clock.now();
  const today = isoDay(now.getTime());
  // The Monday so many weeks ago.
  const since = isoDay(now.getTime() - (((now.getUTCDay() + 6) % 7) + COURSE_WEEKS * 7) * DAY_MS);
  const rows = await store.listWeeks(tx, since, today);
  return { today, weeks: rows.map((row) => ({ ...row, isMature: isMature(row.week, today) })) };
}

/** How the alerts did, week by week. Fails with not_allowed. */
export async function readFraudCourse(tx: Tx, caller: Caller, clock: Clock) {
  permit(caller, "fraud:read");
  const { weeks } = await weeksOf(tx, clock);
  await record(tx, { caller, action: "fraud_alert.course_read", subjectKind: "customer", rows: 0 });
  return { weeks, watch: await store.newestWatch(tx) };
}

/** Worker role. Judges the whole bank's weeks, keeps what is wrong for the day, and tells of it when it turns to "act". */
export async function watchCourse(tx: Tx, clock: Clock): Promise<void> {
  const { weeks, today } = await weeksOf(tx, clock);
  const signs = signsOf(weeks, today);
  const level = levelOf(signs);
  const before = await store.newestWatch(tx);
  await store.saveWatch(tx, { watchedOn: today, level, signs });
  if (level === "act" && before?.level !== "act") await store.tellCourse(tx);
}
