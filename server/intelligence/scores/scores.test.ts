import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenUnit } from "../../../tests/support/given.ts";
import { callerOf } from "../../governance/access/index.ts";
import { actsOf, decideProven } from "../../governance/approvals/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { seededRandom } from "../../platform/random/index.ts";
import { numberColumn } from "../learning/index.ts";
import {
  beginTraining,
  decideVersion,
  deployVersion,
  deployVersionAct,
  type ModelPlan,
  readIntact,
  readModel,
  readServing,
  runTraining,
  type TrainingSet,
} from "./index.ts";
import { readCustomerScores } from "./read-scores.ts";

const asOfs = ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31", "2025-06-30", "2025-07-31", "2025-08-31"];

/** A purpose without a bank behind it: one column that tells, one that does not. */
function someSet(rowsADay = 150): TrainingSet {
  const random = seededRandom(5);
  const rows = asOfs.flatMap((_, day) => Array.from({ length: rowsADay }, (__, customer) => ({ day, customer })));
  const pull = rows.map(() => 4 * random() - 2);
  return {
    table: { rows: rows.length, columns: [numberColumn("pull", pull), numberColumn("noise", rows.map(random))] },
    target: Float64Array.from(pull, (value) => Number(random() < 1 / (1 + Math.exp(2 - 2 * value)))),
    asOfs,
    asOfOf: Int32Array.from(rows, ({ day }) => day),
    horizonMonths: 2,
    subjectOf: Int32Array.from(rows, ({ customer }) => customer),
    groups: {},
    baseline: Float64Array.from(rows, random),
  };
}

const planWith = (gather: ModelPlan["gather"]): ModelPlan => ({
  modelId: "churn",
  learner: "trees",
  learnerOf: (kind) => ({ kind }),
  gather,
  scoring: null,
});
const plan = planWith(async () => someSet());

async function people(db: Db, admin: { transaction(): { execute<T>(work: (tx: Tx) => Promise<T>): Promise<T> } }) {
  const [maker, approver, rm] = await admin.transaction().execute(async (tx) => {
    const bank = await bankUnit(tx);
    return [
      await givenPerson(tx, "data_scientist", bank),
      await givenPerson(tx, "risk_officer", bank),
      await givenPerson(tx, "relationship_manager", bank),
    ] as const;
  });
  const now = async (person: Caller) => (await callerOf(db, person.userId, "test")) as Caller;
  return { maker: await now(maker), approver: await now(approver), rm: await now(rm) };
}

const as = <T>(db: Db, caller: Caller, work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work);

async function trained(db: Db, maker: Caller, using: ModelPlan = plan): Promise<number | null> {
  const trainingId = await as(db, maker, (tx) => beginTraining(tx, maker, "churn", "trees"));
  return runTraining({ db, caller: maker, clock: systemClock, signal: new AbortController().signal, plans: [using] }, trainingId);
}

const checksumOf = async (db: Db, reader: Caller, version: number) =>
  (await as(db, reader, (tx) => readModel(tx, reader, "churn"))).versions.find((one) => one.version === version)?.checksum ?? "";

const approve = (db: Db, who: Caller, version: number, checksum: string) =>
  as(db, who, (tx) =>
    decideVersion(tx, who, systemClock, { modelId: "churn", version }, { approve: true, checksum, note: "looked at it" }),
  );

const deploy = (db: Db, who: Caller, version: number, more: { rollBack?: boolean; place?: "champion" | "challenger" } = {}) =>
  as(db, who, (tx) =>
    deployVersion(tx, who, systemClock, "churn", { place: "champion", rollBack: false, reason: "because", version, ...more }),
  );

describe("from training to use", () => {
  test("somebody else approves exactly what was trained; only what is approved serves; going back moves the pointer; all of it is on the trail", {
    timeout: 60_000,
  }, async ({ db, admin }) => {
    const { maker, approver, rm } = await people(db, admin);
    const version = (await trained(db, maker)) as number;
    const checksum = await checksumOf(db, maker, version);
    await expect(deploy(db, maker, version)).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "not_approved" } });
    await expect(approve(db, maker, version, checksum)).rejects.toMatchObject({ code: "not_allowed" });
    const both = { ...maker, permissions: new Set([...maker.permissions, "model:approve"]) };
    await expect(approve(db, both, version, checksum)).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "own" } });
    // Past the verb there is no way either: the database wants the approval's own transaction.
    const past = sql`select intelligence.approve_version('churn', ${version}, ${checksum})`;
    await expect(as(db, approver, (tx) => past.execute(tx))).rejects.toMatchObject({ cause: { code: "42501" } });
    await expect(approve(db, approver, version, "0".repeat(64))).rejects.toMatchObject({ detail: { reason: "changed" } });
    await approve(db, approver, version, checksum);
    await expect(approve(db, approver, version, checksum)).rejects.toMatchObject({ detail: { reason: "decided" } });
    await expect(deploy(db, rm, version)).rejects.toMatchObject({ code: "not_allowed" });
    await deploy(db, maker, version);
    const second = (await trained(db, maker)) as number;
    await expect(deploy(db, maker, second, { rollBack: true })).rejects.toMatchObject({ detail: { reason: "not_approved" } });
    await approve(db, approver, second, await checksumOf(db, maker, second));
    await expect(deploy(db, maker, second, { rollBack: true })).rejects.toMatchObject({ detail: { reason: "never_served" } });
    await deploy(db, maker, second, { place: "challenger" });
    expect((await as(db, maker, (tx) => readModel(tx, maker, "churn"))).versions.map(({ state }) => state)).toEqual(["shadow", "live"]);
    await deploy(db, approver, second);
    await deploy(db, approver, version, { rollBack: true });
    const detail = await as(db, maker, (tx) => readModel(tx, maker, "churn"));
    expect(detail.model.champion?.version).toBe(version);
    expect(detail.deployments[0]).toMatchObject({ version, isRollback: true });
    expect(checksum).toBe(await checksumOf(db, maker, second)); // equal rows, options and seed: equal bytes
    const { rows } = await sql<{
      action: string;
    }>`select action from governance.audit_event where action like 'model.%' order by event_id`.execute(admin);
    expect(rows.map(({ action }) => action)).toEqual([
      ...["model.training_ordered", "model.trained", "model.approved", "model.deployed", "model.training_ordered", "model.trained"],
      ...["model.approved", "model.deployed", "model.deployed", "model.rolled_back"],
    ]);
    const told = await sql<{ kind: string }>`select kind from governance.notification where person_id = ${approver.userId}`.execute(admin);
    expect(told.rows.map(({ kind }) => kind)).toContain("approval_asked");
  });

  test("a version altered in the database neither scores, nor is approved, nor serves, and says so", { timeout: 60_000 }, async ({
    db,
    admin,
  }) => {
    const { maker, approver } = await people(db, admin);
    const version = (await trained(db, maker)) as number;
    const checksum = await checksumOf(db, maker, version);
    for (const change of [
      sql`model_text = replace(model_text, '"learningRate":0.04', '"learningRate":0.05')`,
      sql`report = jsonb_set(report, '{bands,high}', '0.001')`,
    ]) {
      const kept = await sql<{
        report: unknown;
        text: string;
      }>`select report, model_text as text from intelligence.model_version where version = ${version}`.execute(admin);
      await sql`update intelligence.model_version set ${change} where version = ${version}`.execute(admin);
      await expect(approve(db, approver, version, checksum)).rejects.toMatchObject({ detail: { reason: "altered" } });
      expect((await as(db, maker, (tx) => readModel(tx, maker, "churn"))).versions[0]?.isIntact).toBe(false);
      await sql`update intelligence.model_version set report = ${JSON.stringify(kept.rows[0]?.report)}::jsonb, model_text = ${kept.rows[0]?.text} where version = ${version}`.execute(
        admin,
      );
    }
    await approve(db, approver, version, checksum);
    await deploy(db, maker, version);
    expect((await as(db, maker, (tx) => readServing(tx, "churn"))).champion?.version).toBe(version);
    await sql`update intelligence.model_version set calibration = '{"kind":"platt","slope":9,"intercept":0}' where version = ${version}`.execute(
      admin,
    );
    await expect(as(db, maker, (tx) => readServing(tx, "churn"))).rejects.toMatchObject({
      code: "invalid_state",
      detail: { reason: "altered" },
    });
    expect((await inTransaction(db, maker, (tx) => readIntact(tx, "churn"), { role: "worker" })).champion).toBeNull();
    const told = await sql<{ kind: string }>`select kind from governance.notification where person_id = ${approver.userId}`.execute(admin);
    expect(told.rows.map(({ kind }) => kind)).toContain("model_altered");
  });
});

describe("what may serve", () => {
  test("a purpose that must be told in points has no trees in force; they score in its shadow", { timeout: 60_000 }, async ({
    db,
    admin,
  }) => {
    const { maker, approver } = await people(db, admin);
    await expect(as(db, maker, (tx) => beginTraining(tx, maker, "fraud", "scorecard"))).rejects.toMatchObject({
      detail: { reason: "wrong_learner" },
    });
    const credit: ModelPlan = { ...plan, modelId: "credit_default" };
    const made = async (learner: "trees" | "scorecard") => {
      const trainingId = await as(db, maker, (tx) => beginTraining(tx, maker, "credit_default", learner));
      const order = { db, caller: maker, clock: systemClock, signal: new AbortController().signal };
      const version = (await runTraining({ ...order, plans: [credit] }, trainingId)) as number;
      const { versions } = await as(db, maker, (tx) => readModel(tx, maker, "credit_default"));
      const checksum = versions.find((one) => one.version === version)?.checksum ?? "";
      await as(db, approver, (tx) =>
        decideVersion(tx, approver, systemClock, { modelId: "credit_default", version }, { approve: true, checksum, note: "looked at it" }),
      );
      return version;
    };
    const serve = (version: number, place: "champion" | "challenger") =>
      as(db, maker, (tx) =>
        deployVersion(tx, maker, systemClock, "credit_default", { place, version, reason: "because", rollBack: false }),
      );
    const [trees, card] = [await made("trees"), await made("scorecard")];
    await expect(serve(trees, "champion")).rejects.toMatchObject({ detail: { reason: "wrong_learner" } });
    await serve(card, "champion");
    // Where the bank wants a second person for what serves, nothing moves before, not past the verb either.
    await sql`update governance.approval_level set approvers = 1 where action = 'model.deployed'`.execute(admin);
    const asked = await serve(trees, "challenger");
    expect(asked.state).toBe("waiting");
    const past = sql`select intelligence.deploy_version('credit_default', 'challenger', ${trees}, 'because', false)`;
    await expect(as(db, maker, (tx) => past.execute(tx))).rejects.toMatchObject({ cause: { code: "42501" } });
    expect((await as(db, maker, (tx) => readServing(tx, "credit_default"))).challenger).toBeNull();
    await as(db, approver, (tx) =>
      decideProven(tx, approver, systemClock, actsOf([deployVersionAct]), {
        requestId: asked.requestId ?? "",
        approve: true,
        note: "let it",
      }),
    );
    const { champion, challenger } = await as(db, maker, (tx) => readServing(tx, "credit_default"));
    expect([champion?.ready.model.kind, challenger?.ready.model.kind]).toEqual(["scorecard", "trees"]);
  });
});

describe("trainings", () => {
  test("one at a time of a model; a killed one leaves no version and gives its place up", { timeout: 60_000 }, async ({ db, admin }) => {
    const { maker, rm } = await people(db, admin);
    const before = (await as(db, maker, (tx) => readModel(tx, maker, "churn"))).versions.length;
    const first = await as(db, maker, (tx) => beginTraining(tx, maker, "churn", "trees"));
    await expect(as(db, maker, (tx) => beginTraining(tx, maker, "churn", "trees"))).rejects.toMatchObject({ code: "in_progress" });
    await expect(as(db, rm, (tx) => beginTraining(tx, rm, "churn", "trees"))).rejects.toMatchObject({ code: "not_allowed" });
    const abort = new AbortController();
    const order = { db, caller: maker, clock: systemClock, signal: abort.signal };
    const ended = runTraining(
      {
        ...order,
        plans: [
          planWith(async () => {
            abort.abort();
            return someSet();
          }),
        ],
      },
      first,
    );
    await expect(ended).rejects.toMatchObject({ code: "in_progress" });
    expect((await as(db, maker, (tx) => readModel(tx, maker, "churn"))).versions.length).toBe(before);
    // What a killed process leaves: running, with a lease that ran out.
    await sql`update intelligence.model_training set leased_until = now() - interval '1 second' where training_id = ${first}`.execute(
      admin,
    );
    const second = await as(db, maker, (tx) => beginTraining(tx, maker, "churn", "trees"));
    expect(await runTraining({ ...order, signal: new AbortController().signal, plans: [plan] }, second)).toBe(before + 1);
    // The first comes back to life: its place is gone.
    expect(await runTraining({ ...order, signal: new AbortController().signal, plans: [plan] }, first)).toBeNull();
    const { trainings } = await as(db, maker, (tx) => readModel(tx, maker, "churn"));
    expect(trainings.map(({ state, failure }) => [state, failure?.reason ?? null])).toContainEqual(["failed", "killed"]);
  });

  test("what cannot be learned from ends with its reason and its figures", { timeout: 30_000 }, async ({ db, admin }) => {
    const { maker } = await people(db, admin);
    const one = planWith(async () => ({ ...someSet(), target: new Float64Array(8 * 150) }));
    expect(await trained(db, maker, one)).toBeNull();
    const { trainings } = await as(db, maker, (tx) => readModel(tx, maker, "churn"));
    expect(trainings[0]?.failure).toMatchObject({ reason: "too_few_events", figures: { events: 0 } });
  });
});

describe("scores of customers", () => {
  test("are seen by who sees the customer, and by nobody once the customer objects", async ({ tx, as: act, clock }) => {
    const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
    const rm = await givenPerson(tx, "relationship_manager", north);
    const stranger = await givenPerson(tx, "relationship_manager", south);
    const customer = await givenCustomer(tx, { branch: north });
    await sql`insert into intelligence.model_version (model_id, version, learner, seed, code_version, report, calibration, histograms, model_text, checksum, trained_by)
      values ('churn', 900, 'trees', 1, 'x', ${JSON.stringify(reportForShow)}::jsonb, '{}', '[]', 'x', ${"a".repeat(64)}, gen_random_uuid())`.execute(
      tx,
    );
    await sql`update intelligence.model set champion_version = 900, challenger_version = null where model_id = 'churn'`.execute(tx);
    await sql`insert into intelligence.customer_score (customer_id, model_id, as_of, version, chance, band) values (${customer.customerId}, 'churn', '2026-02-28', 900, 0.4, 'high')`.execute(
      tx,
    );
    const read = (who: Caller) => act(who, (own) => readCustomerScores(own, who, customer.customerId));
    const answer = await read(rm);
    expect(answer.scores).toMatchObject([{ chance: expect.closeTo(0.4, 5), band: "high" }]);
    expect(answer.honesty).toMatchObject([{ auc: 0.8, daysAhead: 60 }]);
    await expect(read(stranger)).rejects.toMatchObject({ code: "not_found" });
    expect((await act(stranger, (own) => sql`select from intelligence.customer_score`.execute(own))).rows).toEqual([]);
    await sql`insert into customers.consent (party_id, purpose, channel, act, happened_at, obtained_by, recorded_by)
      values (${customer.partyId}, 'profiling', 'any', 'objected', ${clock.now()}, 'branch', ${rm.userId})`.execute(tx);
    expect(await read(rm)).toMatchObject({ isProfiled: false, scores: [] });
    expect((await act(rm, (own) => sql`select from intelligence.customer_score`.execute(own))).rows).toEqual([]);
  });
});

const reportForShow = {
  measures: { auc: 0.8, liftAt10: 3, eventRate: 0.02 },
  baseline: { auc: 0.6 },
  data: { horizonMonths: 3 },
  split: { judge: { from: "2025-10-31", to: "2025-12-31" } },
  extra: { days_ahead: 60, warned_share: 0.5 },
  bands: { raised: 0.1, high: 0.2 },
};
