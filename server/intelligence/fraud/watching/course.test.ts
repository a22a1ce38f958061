import { expect, vi } from "vitest";
import { test } from "../../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../../../../tests/support/given.ts";
import { operatorCaller } from "../../../governance/access/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../../platform/db/index.ts";
import type { CourseWeek } from "./contract.ts";
import { readFraudCourse, watchCourse } from "./read-course.ts";
import { levelOf, signsOf } from "./rules.ts";
import { listDecided } from "./store.ts";

vi.setConfig({ testTimeout: 60_000 });

const TODAY = "2026-03-15";
const DAY_MS = 86_400_000;
/** Mondays, the newest last; the last one runs on the day of the tests. */
const mondays = Array.from({ length: 16 }, (_, at) =>
  new Date(Date.parse("2026-03-09") - (15 - at) * 7 * DAY_MS).toISOString().slice(0, 10),
);
const usual: Omit<CourseWeek, "week" | "isMature"> = {
  ...{ alerts: 40, decided: 38, confirmed: 12, inconclusive: 2, missed: 1 },
  ...{ scored: 60, expected: 15, variance: 10, frauds: 15 },
};
const weeks = (change: (at: number) => Partial<CourseWeek> = () => ({})): CourseWeek[] =>
  mondays.map((week, at) => ({ ...usual, week, isMature: false, ...change(at) }));
const codes = (given: CourseWeek[]) => signsOf(given, TODAY).map(({ code }) => code);
// The last whole week is the 14th; three weeks and more ago end with the 12th.
const [LAST_WHOLE, LAST_MATURE] = [14, 12];
const lately = (part: Partial<CourseWeek>) => weeks((at) => (at > LAST_MATURE - 4 && at <= LAST_MATURE ? part : {}));

test("a sign is given for what is wrong, only when it is too far to be chance, and never for a week that may still change", () => {
  expect(codes(weeks())).toEqual([]);
  expect(codes(weeks((at) => (at === LAST_WHOLE ? { alerts: 95 } : {})))).toEqual(["volume_up"]);
  expect(codes(weeks((at) => (at === LAST_WHOLE ? { alerts: 9 } : {})))).toEqual(["volume_down"]);
  expect(codes(weeks((at) => (at === LAST_WHOLE ? { alerts: 60 } : at === LAST_WHOLE + 1 ? { alerts: 900 } : {})))).toEqual([]);
  expect(codes(lately({ confirmed: 4 }))).toEqual(["precision"]);
  expect(codes(lately({ confirmed: 10 }))).toEqual([]);
  expect(codes(weeks((at) => (at > LAST_MATURE ? { confirmed: 0, frauds: 0, decided: 3 } : {})))).toEqual([]);
  expect(codes(lately({ expected: 60, variance: 12 }))).toEqual(["calibration"]);
  expect(codes(lately({ missed: 20 }))).toEqual(["missed"]);
  expect(codes(lately({ decided: 5, inconclusive: 1, confirmed: 2 }))).toEqual(["undecided"]);
  expect(levelOf(signsOf(lately({ decided: 5, inconclusive: 1, confirmed: 2 }), TODAY))).toBe("watch");
  expect(signsOf([], TODAY)).toEqual([]);
});

const asWorker = <T>(db: Db, caller: Caller, work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });

/** So many alerts on the Wednesday of a week, of which so many were fraud; the score said 0.4 of each. */
async function givenAlerts(
  tx: Tx,
  partyId: string,
  holdingId: string,
  week: string,
  { alerts, frauds }: { alerts: number; frauds: number },
) {
  await sql`
    with made as (
      insert into intelligence.fraud_alert (party_id, state, outcome, action, first_at, last_at, payments, probability, amount_minor, expected_loss_minor, closed_by, closed_at)
      select ${partyId}, 'closed', case when n <= ${frauds} then 'fraud_confirmed' else 'not_fraud' end, 'review', ${week}::date + 2, ${week}::date + 2, 1, 0.4, 5000, 2000,
        uuidv7(), ${week}::date + 5 from generate_series(1, ${alerts}) n returning alert_id, outcome)
    insert into intelligence.fraud_alert_payment (party_id, alert_id, source_id, source_key, holding_id, happened_at, has_time, amount_minor, currency, bank_minor, payee,
      probability, expected_loss_minor, action, because, rules, reasons, features, set_no, model_no, is_live, is_fraud)
    select ${partyId}, alert_id, (select source_id from customers.source where code = 'given'), alert_id::text, ${holdingId}, ${week}::date + 2, false, 5000, 'EUR', 5000, 'P',
      0.4, 2000, 'review', 'rule', '[]', '[]', '{"amount": 50}', 1, 1, false, outcome = 'fraud_confirmed' from made`.execute(tx);
}

test("weeks count what each person sees; whoever looks after rules and score is told once when it turns, and again after it was mended", async ({
  db,
  admin,
  clock,
}) => {
  const world = await admin.transaction().execute(async (tx) => {
    const [here, there] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
    const [one, other] = [await givenCustomer(tx, { branch: here }), await givenCustomer(tx, { branch: there })];
    // In the last four mature weeks few of the alerts are fraud; before, every second.
    for (const [at, week] of mondays.entries()) {
      const isLate = at > LAST_MATURE - 4;
      await givenAlerts(tx, one.partyId, one.holdingId, week, { alerts: 8, frauds: isLate ? 0 : 4 });
      await givenAlerts(tx, other.partyId, other.holdingId, week, { alerts: 2, frauds: isLate ? 0 : 1 });
    }
    await sql`insert into intelligence.fraud_label (party_id, source_id, source_key, is_fraud, happened_on, decided_by)
      select ${one.partyId}, source_id, 'by-others', true, ${mondays[3]}::date, uuidv7() from customers.source where code = 'given'`.execute(
      tx,
    );
    const whole = await bankUnit(tx);
    return {
      analyst: await givenPerson(tx, "fraud_analyst", whole),
      rules: await givenPerson(tx, "risk_officer", whole),
      elsewhere: await givenPerson(tx, "fraud_analyst", there),
    };
  });
  const operator = await operatorCaller(db);
  const told = async () =>
    (
      await sql<{
        n: number;
      }>`select count(*)::int as n from governance.notification where kind = 'fraud_course' and person_id = ${world.rules.userId}`.execute(
        admin,
      )
    ).rows[0]?.n;
  await asWorker(db, operator, (tx) => watchCourse(tx, clock));
  await asWorker(db, operator, (tx) => watchCourse(tx, clock));
  expect(await told()).toBe(1);
  const read = (caller: Caller) => inTransaction(db, caller, (tx) => readFraudCourse(tx, caller, clock));
  const seen = await read(world.analyst);
  expect(seen.watch).toMatchObject({ watchedOn: TODAY, level: "act" });
  expect(seen.watch?.signs.map(({ code }) => code)).toEqual(["precision", "calibration"]);
  expect(seen.weeks.map(({ week }) => week)).toEqual(mondays);
  expect(seen.weeks[3]).toMatchObject({ alerts: 10, decided: 10, confirmed: 5, missed: 1, scored: 10, frauds: 5, isMature: true });
  expect(seen.weeks[3]?.expected).toBeCloseTo(4, 4);
  expect(seen.weeks.at(-1)?.isMature).toBe(false);
  const partly = await read(world.elsewhere);
  expect(partly.watch).toBeNull();
  expect(partly.weeks[3]).toMatchObject({ alerts: 2, confirmed: 1, missed: 0 });
  await sql`update intelligence.fraud_watch set level = 'stable', watched_on = watched_on - 1`.execute(admin);
  await asWorker(db, operator, (tx) => watchCourse(tx, clock));
  expect(await told()).toBe(2);
});

test("what was decided after a version was trained judges it; what it may have learned from does not", async ({ db, admin }) => {
  const operator = await operatorCaller(db);
  await sql`insert into intelligence.model_version (model_id, version, learner, seed, code_version, report, calibration, histograms, model_text, checksum, trained_by, trained_at)
    values ('fraud', 77, 'trees', 1, 'x', '{}', '{}', '[]', '{}', repeat('0', 64), uuidv7(), ${mondays[10]}::date + 5)`.execute(admin);
  const decided = await asWorker(db, operator, (tx) => listDecided(tx, { modelId: "fraud", version: 77 }));
  expect(decided.length).toBe(50);
  expect(decided.every(({ happenedOn }) => happenedOn > (mondays[10] ?? ""))).toBe(true);
});
