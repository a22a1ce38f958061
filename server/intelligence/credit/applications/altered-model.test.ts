import { expect, vi } from "vitest";
import { test } from "../../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenSession, givenUnit } from "../../../../tests/support/given.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../../platform/db/index.ts";
import { beginTraining, decideVersion, deployVersion, readModel, runTraining } from "../../scores/index.ts";
import { characteristicNames } from "../behaviour.ts";
import { CREDIT_MODEL } from "../credit-model.ts";
import { creditPlan, creditSet } from "../rating/credit-plan.ts";
import type { Snapshot } from "../rating/snapshots.ts";
import { applyForCredit } from "./apply.ts";

vi.setConfig({ testTimeout: 60_000 });

const as = <T>(db: Db, caller: Caller, work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work);

/** Eight months of 150 debtors each; who is late more often stops paying more often. */
function someSnapshots(): Snapshot[] {
  return Array.from({ length: 1_200 }, (_, place) => {
    const risk = (place * 7) % 20;
    const values = Object.fromEntries(characteristicNames.map((name, at) => [name, at % 2 === 0 ? risk : (place * 13) % 17]));
    return {
      customerId: `c${place % 150}`,
      month: 24_300 + Math.floor(place / 150),
      values,
      event: risk > 15 && place % 3 > 0,
      baseline: risk,
    } as unknown as Snapshot;
  });
}

test("an application under a model that was altered in any part is refused, nothing is entered, and it goes on when the part is put back", async ({
  db,
  admin,
  clock,
}) => {
  const world = await admin.transaction().execute(async (tx) => {
    const branch = await givenUnit(tx, "branch", null);
    const whole = await bankUnit(tx);
    return {
      customer: await givenCustomer(tx, { branch }),
      manager: await givenPerson(tx, "branch_manager", branch),
      maker: await givenSession(tx, await givenPerson(tx, "data_scientist", whole)),
      approver: await givenSession(tx, await givenPerson(tx, "risk_officer", whole)),
    };
  });
  const { maker, approver, manager, customer } = world;
  const plans = [{ ...creditPlan, gather: async () => creditSet(someSnapshots(), 1), rescore: async () => undefined }];
  const trainingId = await as(db, maker, (tx) => beginTraining(tx, maker, CREDIT_MODEL, "scorecard"));
  const version = (await runTraining({ db, caller: maker, clock, signal: new AbortController().signal, plans }, trainingId)) ?? 0;
  const checksum = (await as(db, maker, (tx) => readModel(tx, maker, CREDIT_MODEL))).versions[0]?.checksum ?? "";
  const of = { modelId: CREDIT_MODEL, version };
  await as(db, approver, (tx) => decideVersion(tx, approver, clock, of, { approve: true, checksum, note: "looked at it" }));
  await as(db, maker, (tx) =>
    deployVersion(tx, maker, clock, CREDIT_MODEL, { place: "champion", version, reason: "first", rollBack: false }),
  );
  const request = { kind: "loan", currency: "EUR", amountMinor: 1_000_000n, termMonths: 24, yearlyRate: 0.06, purpose: "A car" } as const;
  const apply = () => as(db, manager, (tx) => applyForCredit(tx, manager, clock, customer.customerId, request));
  const entered = async () =>
    (await sql<{ n: number }>`select count(*)::int as n from intelligence.credit_application`.execute(admin)).rows[0]?.n;
  await apply();
  expect(await entered()).toBe(1);
  for (const [column, altered] of [
    ["model_text", sql`regexp_replace(model_text, '([0-9])([^0-9]*)$', '7\\2')`],
    ["calibration", sql`'{"kind":"platt","slope":9,"intercept":0}'::jsonb`],
    ["report", sql`jsonb_set(report, '{bands,high}', '0.99')`],
  ] as const) {
    const { rows } = await sql<{
      was: string;
    }>`select ${sql.ref(column)}::text as was from intelligence.model_version where model_id = ${CREDIT_MODEL}`.execute(admin);
    const put = (value: unknown) =>
      sql`update intelligence.model_version set ${sql.ref(column)} = ${value} where model_id = ${CREDIT_MODEL}`.execute(admin);
    await put(altered);
    const { rows: now } = await sql<{
      is: string;
    }>`select ${sql.ref(column)}::text as is from intelligence.model_version where model_id = ${CREDIT_MODEL}`.execute(admin);
    expect(now[0]?.is).not.toBe(rows[0]?.was);
    await expect(apply(), column).rejects.toMatchObject({
      code: "invalid_state",
      detail: { reason: "altered", model: CREDIT_MODEL, version },
    });
    expect(await entered()).toBe(1);
    await put(rows[0]?.was);
  }
  await apply();
  expect(await entered()).toBe(2);
});
