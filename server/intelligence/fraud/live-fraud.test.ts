import { expect, vi } from "vitest";
import { test as base, frozenClock } from "../../../tests/support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenSession, givenUnit } from "../../../tests/support/given.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { actsOf, decideProven } from "../../governance/approvals/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { beginTraining, decideVersion, deployVersion, readModel, runTraining } from "../scores/index.ts";
import { listAlerts, readFraudMark, viewAlert } from "./alerts/read-alerts.ts";
import { reportCases } from "./alerts/report-cases.ts";
import { closeAlert, reopenAlert, takeAlert } from "./alerts/work-on-alert.ts";
import { FraudRuleSet } from "./contract.ts";
import { decidePayment } from "./live/decide-payment.ts";
import { deskOf } from "./live/desk.ts";
import { followPayments } from "./live/follow-payments.ts";
import { readJudgedBy } from "./live/in-force.ts";
import { keeperOf } from "./live/keep-decisions.ts";
import { FRAUD_MODEL } from "./model.ts";
import { testRules } from "./rule-sets/backtest-rules.ts";
import { viewRuleSet } from "./rule-sets/read-rules.ts";
import { activateRules, activateRulesAct, changeRules, draftRules } from "./rule-sets/write-rules.ts";
import { fraudPlan } from "./training/fraud-plan.ts";
import { readHistory } from "./training/history.ts";
import { measurePast } from "./training/learn.ts";

vi.setConfig({ testTimeout: 60_000 });

const clock = frozenClock();
const DAY_MS = 86_400_000;
const dayBefore = (days: number) => new Date(clock.now().getTime() - days * DAY_MS).toISOString().slice(0, 10);

interface World {
  readonly operator: Caller;
  readonly victim: GivenCustomer;
  readonly analyst: Caller;
  readonly second: Caller;
  readonly manager: Caller;
  readonly elsewhere: Caller;
  readonly switcher: Caller;
}

interface Paid {
  readonly loadNo: number;
  readonly key: string;
  readonly on: string;
  readonly minor: number;
  readonly payee: string;
}

async function pay(tx: Tx, { partyId, holdingId }: GivenCustomer, { loadNo, key, on, minor, payee }: Paid): Promise<void> {
  await sql`select customers.ensure_transaction_month(${on}::date)`.execute(tx);
  await sql`
    insert into customers.transaction (party_id, booked_on, transaction_id, holding_id, amount_minor, line_no, load_no, source_id, currency, source_key, channel, counterparty_name)
    select ${partyId}, ${on}::date, uuidv7(), ${holdingId}, ${-minor}, 1, ${loadNo}, source_id, 'EUR', ${key}, 'online', ${payee} from customers.source where code = 'given'`.execute(
    tx,
  );
  await sql`
    insert into customers.transaction_key (source_id, source_key, party_id, transaction_id, booked_on, content_hash, load_no)
    select t.source_id, t.source_key, t.party_id, t.transaction_id, t.booked_on, 1, t.load_no from customers.transaction t where t.source_key = ${key} and t.party_id = ${partyId}`.execute(
    tx,
  );
}

async function givenLoad(tx: Tx, loadNo: number): Promise<void> {
  await sql`
    insert into customers.load (load_id, load_no, source_id, mapping_id, files, state, started_by, finished_at)
    select uuidv7(), ${loadNo}, source_id, (select mapping_id from customers.mapping limit 1), '[]', 'done', uuidv7(), now() from customers.source where code = 'given'`.execute(
    tx,
  );
}

/** A customer with three usual shops; in load 2 two large payments to strangers, one of them long ago, and one usual one. */
const test = base.extend(
  "world",
  { scope: "file" },
  async ({ db, admin }): Promise<World> =>
    admin.transaction().execute(async (tx) => {
      const [here, there] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
      const victim = await givenCustomer(tx, { branch: here, fullName: "Amparo Ruiz" });
      await sql`insert into customers.mapping (name, version, source_code, body, sha256, created_by) values ('m', 1, 'given', '{}', '\\x00', uuidv7())`.execute(
        tx,
      );
      await sql`insert into customers.source_record (source_id, kind, source_key, party_id, row_id, content_hash, load_no, line_no)
      select source_id, 'holding', 'CARD-1', ${victim.partyId}, ${victim.holdingId}, 1, 1, 1 from customers.source where code = 'given'`.execute(
        tx,
      );
      await givenLoad(tx, 1);
      for (let day = 100; day > 10; day -= 2)
        await pay(tx, victim, {
          loadNo: 1,
          key: `usual-${day}`,
          on: dayBefore(day),
          minor: 2_000 + (day % 7) * 100,
          payee: `SHOP ${day % 3}`,
        });
      await givenLoad(tx, 2);
      await pay(tx, victim, { loadNo: 2, key: "long-ago", on: dayBefore(75), minor: 90_000, payee: "STRANGER A" });
      await pay(tx, victim, { loadNo: 2, key: "large-1", on: dayBefore(9), minor: 90_000, payee: "STRANGER B" });
      await pay(tx, victim, { loadNo: 2, key: "large-2", on: dayBefore(8), minor: 400_000, payee: "STRANGER C" });
      await pay(tx, victim, { loadNo: 2, key: "usual", on: dayBefore(8), minor: 2_100, payee: "SHOP 1" });
      const operator = await operatorCaller(db);
      const whole = await bankUnit(tx);
      return {
        ...{ operator, victim, analyst: await givenSession(tx, await givenPerson(tx, "fraud_analyst", whole)) },
        second: await givenSession(tx, await givenPerson(tx, "risk_officer", whole)),
        manager: await givenPerson(tx, "relationship_manager", here),
        elsewhere: await givenPerson(tx, "fraud_analyst", there),
        switcher: await givenPerson(tx, "payment_switch", whole),
      };
    }),
);

const as = <T>(db: Db, caller: Caller, work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work);
const waiting = { state: "waiting", rows: 50 } as const;

test("payments of loads become one alert an episode, of the stated days only, however often they are followed; who may see what", async ({
  db,
  world,
}) => {
  const { operator, analyst, manager, elsewhere, victim } = world;
  const first = await followPayments({ db, caller: operator, clock });
  expect(first).toEqual({ loads: 2, payments: 47, alerts: 1 });
  expect(await followPayments({ db, caller: operator, clock })).toEqual({ loads: 0, payments: 0, alerts: 0 });
  const { alerts } = await as(db, analyst, (tx) => listAlerts(tx, analyst, waiting));
  expect(alerts).toMatchObject([
    { customerName: "Amparo Ruiz", payments: 2, state: "open", action: "step_up", rules: [{ name: "large-to-new-payee" }] },
  ]);
  const alertId = alerts[0]?.alertId ?? "";
  const view = await as(db, analyst, (tx) => viewAlert(tx, analyst, alertId));
  expect(view.payments.map(({ payee, hasTime }) => [payee, hasTime])).toEqual([["STRANGER B", false], ["STRANGER C", false]]); // biome-ignore format: one line
  expect(view.payments[0]?.features).toMatchObject({ "account.new_payee": 1 });
  expect(view.usual).toMatchObject([{ currency: "EUR" }]);
  expect(view.shared.map(({ payee, customers }) => [payee, customers])).toContainEqual(["STRANGER B", 1]);
  // The customer's own manager knows that, not why; a colleague of another branch knows nothing.
  const { marks } = await as(db, manager, (tx) => readFraudMark(tx, manager, victim.customerId));
  expect(marks).toMatchObject([{ alertId, payments: 2, amountMinor: 490_000n }]);
  await expect(as(db, manager, (tx) => viewAlert(tx, manager, alertId))).rejects.toMatchObject({ code: "not_allowed" });
  const { rows: evidence } = await as(db, manager, (tx) => sql`select from intelligence.fraud_alert_payment`.execute(tx));
  expect(evidence).toEqual([]);
  expect((await as(db, elsewhere, (tx) => listAlerts(tx, elsewhere, waiting))).alerts).toEqual([]);
  await expect(as(db, elsewhere, (tx) => viewAlert(tx, elsewhere, alertId))).rejects.toMatchObject({ code: "not_found" });
  const asking = as(db, elsewhere, (tx) => readFraudMark(tx, elsewhere, victim.customerId));
  await expect(asking).rejects.toMatchObject({ code: "not_found" });
});

test("a decision teaches, is refused on an old version, and is forgotten when it is taken back; reported cases raise nothing", async ({
  db,
  world,
  admin,
}) => {
  const { analyst, operator } = world;
  await followPayments({ db, caller: operator, clock });
  const [alert] = (await as(db, analyst, (tx) => listAlerts(tx, analyst, waiting))).alerts;
  if (alert === undefined) throw new Error("no alert");
  const { alertId, version } = alert;
  const taken = await as(db, analyst, (tx) => takeAlert(tx, analyst, clock, alertId, { version }));
  await expect(as(db, analyst, (tx) => takeAlert(tx, analyst, clock, alertId, { version }))).rejects.toMatchObject({ code: "conflict" });
  const { payments } = await as(db, analyst, (tx) => viewAlert(tx, analyst, alertId));
  const genuine = [payments.find(({ payee }) => payee === "STRANGER B")?.paymentId ?? ""];
  const close = { version: taken.version, outcome: "fraud_confirmed", genuine } as const;
  await expect(as(db, analyst, (tx) => closeAlert(tx, analyst, clock, alertId, { ...close, genuine: ["9:other"] }))).rejects.toMatchObject({
    code: "invalid_input",
  });
  const closed = await as(db, analyst, (tx) => closeAlert(tx, analyst, clock, alertId, close));
  const labels = async () =>
    (
      await sql<{
        key: string;
        fraud: boolean;
      }>`select source_key as key, is_fraud as fraud from intelligence.fraud_label order by 1`.execute(admin)
    ).rows;
  expect(await labels()).toEqual([{ key: "large-1", fraud: false }, { key: "large-2", fraud: true }]); // biome-ignore format: one line
  // What the next training would gather: the payment of the alert that was fraud, not the one that was the customer's own.
  const learned = async () => {
    const { ids, isFraud } = await inTransaction(db, operator, (tx) => readHistory(tx, clock.now()), { role: "worker" });
    return ids.filter((_, place) => isFraud[place] === 1).map((id) => id.split(":").at(-1));
  };
  expect(await learned()).toEqual(["large-2"]);
  const gather = { inTransaction: <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, operator, work, { role: "worker" }), clock };
  const gathered = fraudPlan.gather({ ...gather, signal: new AbortController().signal });
  await expect(gathered).rejects.toMatchObject({ detail: { reason: "too_few_events", events: 1 } });
  const cases = [{ source: "given", paymentKey: "long-ago", isFraud: true }, { source: "given", paymentKey: "none", isFraud: true }]; // biome-ignore format: one line
  expect(await reportCases({ db, caller: operator, clock }, cases)).toEqual({ kept: 1, unknown: 1 });
  expect(await reportCases({ db, caller: operator, clock }, cases)).toEqual({ kept: 0, unknown: 1 });
  await as(db, analyst, (tx) => reopenAlert(tx, analyst, clock, alertId, { version: closed.version, note: "looked again" }));
  expect(await labels()).toEqual([{ key: "long-ago", fraud: true }]);
  expect(await learned()).toEqual(["long-ago"]);
});

test("the switch is answered, the same for the same payment and after a restart; what its files bring later is not judged twice", async ({
  db,
  world,
  admin,
}) => {
  const { switcher, operator, victim } = world;
  await deskOf(db).catchUp(operator, clock);
  const asked = {
    source: "given",
    paymentId: "live-1",
    account: "CARD-1",
    at: "2026-03-15T09:29:00+01:00",
    amountMinor: 3_000_000n,
    currency: "EUR",
    payee: { name: "Stranger  D" },
  };
  const ask = (more: Partial<typeof asked> = {}) => decidePayment(db, switcher, clock, { ...asked, ...more });
  const answer = await ask();
  expect(answer).toMatchObject({ verdict: "review", action: "step_up", rules: ["large-to-new-payee"] });
  expect(await ask()).toBe(answer);
  expect(await ask({ paymentId: "live-2", amountMinor: 2_000n, payee: { name: "SHOP 1" } })).toMatchObject({
    verdict: "approve",
    action: null,
  });
  await expect(ask({ source: "nobody" })).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "unknown_source" } });
  await expect(ask({ paymentId: "early", at: "2026-03-15T12:00:00Z" })).rejects.toMatchObject({ detail: { reason: "ahead_of_clock" } });
  await expect(ask({ paymentId: "late", at: "2026-02-01T12:00:00Z" })).rejects.toMatchObject({ detail: { reason: "too_late" } });
  await expect(decidePayment(db, world.manager, clock, asked)).rejects.toMatchObject({ code: "not_allowed" });
  await keeperOf(db).settle();
  const kept = await sql<{
    live: boolean;
    payee: string;
  }>`select is_live as live, payee from intelligence.fraud_alert_payment where source_key like 'live-%'`.execute(admin);
  expect(kept.rows).toEqual([{ live: true, payee: "STRANGER D" }]);
  deskOf(db).forget();
  await expect(ask()).rejects.toMatchObject({ code: "unavailable" });
  await deskOf(db).catchUp(operator, clock);
  expect(await ask()).toEqual(answer);
  await admin.transaction().execute(async (tx) => {
    await givenLoad(tx, 3);
    await pay(tx, victim, { loadNo: 3, key: "live-1", on: "2026-03-15", minor: 3_000_000, payee: "Stranger D" });
  });
  expect(await followPayments({ db, caller: operator, clock })).toEqual({ loads: 1, payments: 1, alerts: 0 });
});

test("rules go live tested, by another person, with a proof for exactly them; one that fires on everything does not", async ({
  db,
  world,
  admin,
}) => {
  const { analyst, second, operator } = world;
  const rules = [{ name: "all", when: "amount >= 0", action: "review" as const }, { name: "rare", when: "amount > 50000", action: "hold" as const }]; // biome-ignore format: one line
  const document = FraudRuleSet.parse({ version: 1, rules });
  const { setNo } = await as(db, analyst, (tx) => draftRules(tx, analyst, { title: "Too eager", basedOn: 1, document }));
  const bad = FraudRuleSet.parse({ version: 1, rules: [{ name: "typo", when: "amont > 3" }] });
  await expect(as(db, analyst, (tx) => draftRules(tx, analyst, { title: "Typo", basedOn: null, document: bad }))).rejects.toMatchObject({
    code: "invalid_input",
    detail: undefined,
    fields: [{ path: "typo:1" }],
  });
  const look = (caller: Caller) => as(db, caller, (tx) => viewRuleSet(tx, caller, setNo));
  const activate = async (caller: Caller) => {
    const { hash } = (await look(caller)).set;
    return as(db, caller, (tx) => activateRules(tx, caller, clock, setNo, hash));
  };
  const because = (reason: string) => ({ code: "invalid_state", detail: { reason } });
  await expect(activate(second)).rejects.toMatchObject(because("not_tested"));
  const signal = new AbortController().signal;
  await testRules({ db, caller: operator, clock, setNo, signal });
  const { backtest } = await look(analyst);
  expect(backtest?.rules).toMatchObject([{ name: "all", isRefused: true, share: 1 }, { name: "rare", isRefused: false }]); // biome-ignore format: one line
  expect(backtest?.rules[0]?.examples[0]).toMatchObject({ customerName: "Amparo Ruiz" });
  expect((await look(world.elsewhere)).backtest?.rules[0]?.examples).toEqual([]);
  await expect(activate(second)).rejects.toMatchObject(because("fires_too_often"));
  const mended = { ...document, rules: document.rules.slice(1), policy: { ...document.policy, shareMax: 0.05 } };
  const { version } = (await look(analyst)).set;
  await as(db, analyst, (tx) => changeRules(tx, analyst, clock, setNo, { version, title: "Mended", document: mended }));
  await expect(activate(second)).rejects.toMatchObject(because("not_tested"));
  await testRules({ db, caller: operator, clock, setNo, signal });
  const asked = await activate(analyst);
  expect(asked.state).toBe("waiting");
  const decide = (who: Caller) =>
    as(db, who, (tx) =>
      decideProven(tx, who, clock, actsOf([activateRulesAct]), { requestId: asked.requestId ?? "", approve: true, note: "looked at it" }),
    );
  await expect(decide(analyst)).rejects.toMatchObject(because("own"));
  const past = sql`select intelligence.activate_fraud_rules(${setNo}, ${(await look(second)).set.hash})`;
  await expect(as(db, second, (tx) => past.execute(tx))).rejects.toMatchObject({ cause: { code: "42501" } });
  expect((await look(second)).set).toMatchObject({ state: "draft", approval: { state: "waiting" } });
  await decide(second);
  const states = await sql<{ state: string }>`select state from intelligence.fraud_rule_set order by set_no`.execute(admin);
  expect(states.rows.map(({ state }) => state)).toEqual(["retired", "active"]);
  clock.set(new Date(clock.now().getTime() + 5_000));
  await deskOf(db).catchUp(operator, clock);
  expect(deskOf(db).judge.by.setNo).toBe(setNo);
  const writing = inTransaction(db, analyst, (tx) =>
    sql`update intelligence.fraud_rule_set set document = document || '{"version": 9}' where set_no = ${setNo}`.execute(tx),
  );
  await expect(writing).rejects.toBeDefined();
});

test("the desk judges by the version the register has in force, and by rules alone where that was altered", async ({
  db,
  world,
  admin,
}) => {
  const { operator, second } = world;
  const maker = await admin
    .transaction()
    .execute(async (tx) => givenSession(tx, await givenPerson(tx, "data_scientist", await bankUnit(tx))));
  // A payment in twelve is fraud, and tells it by its amount.
  const payments = Array.from({ length: 2_400 }, (_, place) => ({
    ...{ id: `p${place}`, at: 1_700_000_000 + place * 9_000, account: `c${place % 12}`, payee: `shop ${place % 5}` },
    amount: place % 12 === 11 ? 500 + (place % 7) : 20 + (place % 7),
  }));
  const history = {
    count: payments.length,
    transaction: (place: number) => payments[place] as (typeof payments)[number],
    isFraud: (place: number) => place % 12 === 11,
  };
  const past = measurePast(history, Number.POSITIVE_INFINITY);
  if ("tooFew" in past) throw new Error("too few");
  const plans = [{ ...fraudPlan, gather: async () => past.set }];
  const trainingId = await as(db, maker, (tx) => beginTraining(tx, maker, FRAUD_MODEL, "trees"));
  const version = (await runTraining({ db, caller: maker, clock, signal: new AbortController().signal, plans }, trainingId)) ?? 0;
  const checksum = (await as(db, maker, (tx) => readModel(tx, maker, FRAUD_MODEL))).versions[0]?.checksum ?? "";
  const of = { modelId: FRAUD_MODEL, version };
  await as(db, second, (tx) => decideVersion(tx, second, clock, of, { approve: true, checksum, note: "looked at it" }));
  await as(db, maker, (tx) =>
    deployVersion(tx, maker, clock, FRAUD_MODEL, { place: "champion", version, reason: "first", rollBack: false }),
  );
  const later = async () => {
    clock.set(new Date(clock.now().getTime() + 5_000));
    await deskOf(db).catchUp(operator, clock);
    return deskOf(db).judge.by;
  };
  expect((await later()).model?.modelNo).toBe(version);
  await sql`update intelligence.model_version set calibration = '{"kind":"platt","slope":9,"intercept":0}' where model_id = 'fraud'`.execute(
    admin,
  );
  deskOf(db).forget();
  const fresh = await inTransaction(db, operator, (tx) => readJudgedBy(tx, null), { role: "worker" });
  expect([fresh.champion, fresh.model]).toEqual([version, null]);
  const { rows } = await sql<{ kind: string }>`select kind from governance.notification where person_id = ${second.userId}`.execute(admin);
  expect(rows.map(({ kind }) => kind)).toContain("model_altered");
});
