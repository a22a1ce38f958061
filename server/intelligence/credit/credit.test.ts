import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import {
  bankUnit,
  type GivenCustomer,
  givenCustomer,
  givenPerson,
  givenPortfolio,
  givenProof,
  givenSession,
  givenUnit,
} from "../../../tests/support/given.ts";
import { operatorCaller } from "../../governance/access/index.ts";
import { actsOf, decideProven, readApproval } from "../../governance/approvals/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { applyForCredit } from "./applications/apply.ts";
import { decideApplication, readApplication } from "./applications/decide-application.ts";
import { listWorst, sumPositions } from "./market/read-store.ts";
import { gainOf, shocksOf } from "./market/rules.ts";
import { activatePolicyAct, listPolicies, proposePolicy } from "./policy/propose-policy.ts";
import { readPolicy } from "./policy/store.ts";
import { readCreditPortfolio } from "./portfolio/read-portfolio.ts";
import { readCustomerRisk } from "./read-customer-risk.ts";
import { refreshCredit } from "./refresh-credit.ts";
import { setLimit } from "./set-limit.ts";
import { leaveWatch, watchCustomer } from "./watching/watch-list.ts";

const acts = actsOf([activatePolicyAct]);

async function givenLoan(tx: Tx, { partyId, customerId }: GivenCustomer, owedMinor: number, status = "open"): Promise<void> {
  const holdingId = newId();
  await sql`
    insert into customers.holding (party_id, holding_id, source_id, source_key, kind, currency, status, opened_on, matures_on, amount_minor, rate, balance_minor, changed_at, load_no)
    select ${partyId}, ${holdingId}, source_id, ${holdingId}, 'loan', 'EUR', ${status}, '2025-01-01', '2028-01-01', ${owedMinor}, 0.05, ${-owedMinor}, '2026-01-01', 1
    from customers.source where code = 'given'`.execute(tx);
  await sql`insert into customers.holding_role (party_id, holding_id, role, owner_party_id, source_id, load_no)
    select ${partyId}, ${holdingId}, 'owner', ${partyId}, source_id, 1 from customers.source where code = 'given'`.execute(tx);
  await sql`update customers.holding set last_transaction_on = '2026-01-15' where party_id = ${partyId} and kind = 'current_account'`.execute(
    tx,
  );
  await sql`update customers.customer set last_transaction_on = '2026-01-15' where customer_id = ${customerId}`.execute(tx);
}

async function auditOf(tx: Tx, action: string): Promise<string[][]> {
  const { rows } = await sql<{
    ids: string[];
  }>`select subject_ids as ids from governance.audit_event where action = ${action} order by event_id`.execute(tx);
  return rows.map(({ ids }) => ids);
}

/** Two branches; in the north a manager with three customers who owe, two of them connected. Committed: the refresh opens its own transactions. */
const bank = test.extend("world", { scope: "file" }, async ({ clone }) => {
  return clone.admin.transaction().execute(async (tx) => {
    const [north, south] = [await givenUnit(tx, "branch", null), await givenUnit(tx, "branch", null)];
    const risk = await givenPerson(tx, "risk_officer", await bankUnit(tx));
    const second = await givenPerson(tx, "risk_officer", await bankUnit(tx));
    const manager = await givenPerson(tx, "branch_manager", north);
    const rm = await givenPerson(tx, "relationship_manager", north);
    const portfolioId = await givenPortfolio(tx, north, rm);
    const [a, b, late] = [
      await givenCustomer(tx, { branch: north, portfolioId }),
      await givenCustomer(tx, { branch: north }),
      await givenCustomer(tx, { branch: north, portfolioId }),
    ];
    const far = await givenCustomer(tx, { branch: south });
    await givenLoan(tx, a, 20_000_000);
    await givenLoan(tx, b, 10_000_000);
    await givenLoan(tx, late, 1_000_000, "in_arrears");
    await givenLoan(tx, far, 5_000_000);
    // Connected twice over, and to each other's other records: still counted once each.
    for (const kind of ["guarantor", "parent_company"])
      await sql`insert into customers.party_relation (party_id, relation_id, other_party_id, kind, entered_by)
        values (${a.partyId}, ${newId()}, ${b.partyId}, ${kind}, ${risk.userId})`.execute(tx);
    return { north, south, risk, second, manager, rm, a, b, late, far };
  });
});

const refreshed = bank.extend("figures", { scope: "file" }, async ({ db, world }) => {
  void world;
  const clock = { now: () => new Date("2026-03-15T09:30:00Z") };
  const order = { db, caller: await operatorCaller(db), clock, customerIds: null };
  const first = await refreshCredit(order);
  return { first, again: await refreshCredit(order) };
});

describe("ratings, limits and the watch list", () => {
  refreshed(
    "expected loss follows from the policy by hand, and doing it again changes nothing",
    async ({ tx, as, clock, world, figures }) => {
      expect([figures.first.rated, figures.again.rated, figures.again.entered, figures.again.alerts]).toEqual([4, 4, 0, 0]);
      const seen = await as(world.manager, (own) => readCustomerRisk(own, world.manager, clock, world.a.customerId));
      expect(seen.rating).toMatchObject({ basis: "arrears", probability: expect.closeTo(0.012, 5), drawnMinor: 20_000_000n });
      expect(seen.rating?.expectedLossMinor).toBe(BigInt(Math.round(0.012 * 0.45 * 20_000_000)));
      expect(await auditOf(tx, "credit.viewed")).toEqual([[world.a.customerId]]);
    },
  );

  refreshed("a group counts each member once, and only those the caller sees", async ({ as, clock, world }) => {
    const seen = await as(world.manager, (own) => readCustomerRisk(own, world.manager, clock, world.a.customerId));
    expect(seen.group?.members.map(({ customerId }) => customerId)).toEqual([world.a.customerId, world.b.customerId]);
    expect(seen.group?.limit.committedMinor).toBe(30_000_000n);
  });

  refreshed("who changed is looked at with the group they are in, and nobody else is", async ({ db, admin, clock, world }) => {
    const order = { db, caller: await operatorCaller(db), clock };
    const breached = async () => {
      const { rows } = await sql<{ partyId: string }>`
        select party_id as "partyId" from intelligence.credit_alert where kind = 'group_limit_breached' and closed_at is null`.execute(
        admin,
      );
      return rows.map(({ partyId }) => partyId);
    };
    // As if it had been set long ago: nothing tells that it is new.
    await sql`
      insert into intelligence.credit_limit (party_id, scope, amount_minor, reason, set_by, set_at)
      values (${world.b.partyId}, 'group', 1, 'tested', ${world.risk.userId}, '2025-01-01')`.execute(admin);
    await refreshCredit({ ...order, customerIds: [world.far.customerId] });
    expect(await breached()).toEqual([]);
    await refreshCredit({ ...order, customerIds: [world.b.customerId] });
    expect(await breached()).toEqual([world.a.partyId]);
    await sql`delete from intelligence.credit_limit where scope = 'group'`.execute(admin);
    await refreshCredit({ ...order, customerIds: [] });
    expect(await breached()).toEqual([]);
  });

  refreshed(
    "a breach opens one alert and tells the relationship manager once; it closes when the limit is raised",
    async ({ tx, db, as, admin, clock, world }) => {
      const limit = async (amountMinor: bigint) => {
        const officer = await givenSession(tx, world.risk);
        const body = { scope: "customer", amountMinor, reason: "tested" } as const;
        await expect(as(officer, (own) => setLimit(own, officer, clock, world.a.customerId, body))).rejects.toMatchObject({
          code: "step_up_needed",
        });
        await givenProof(tx, officer, {
          action: "credit_limit.set",
          subjectIds: [world.a.customerId],
          payload: { ...body, amountMinor: amountMinor.toString() },
        });
        await as(officer, (own) => setLimit(own, officer, clock, world.a.customerId, body));
      };
      await limit(1n);
      await expect(
        as(world.manager, (own) =>
          setLimit(own, world.manager, clock, world.a.customerId, { scope: "customer", amountMinor: 1n, reason: "tried" }),
        ),
      ).rejects.toMatchObject({ code: "not_allowed" });
      const put = (amountMinor: number) =>
        sql`insert into intelligence.credit_limit (party_id, scope, amount_minor, reason, set_by, set_at) values (${world.a.partyId}, 'customer', ${amountMinor}, 'tested', ${world.risk.userId}, clock_timestamp())`.execute(
          admin,
        );
      // Nobody changed: a limit that was set is looked at by itself.
      const order = { db, caller: await operatorCaller(db), clock, customerIds: [] };
      const told = async () => {
        const { rows } = await sql<{
          n: number;
        }>`select count(*)::int as n from governance.notification where person_id = ${world.rm.userId} and kind = 'credit_limit_breached'`.execute(
          admin,
        );
        return rows[0]?.n;
      };
      const open = async () => {
        const { rows } = await sql<{
          n: number;
        }>`select count(*)::int as n from intelligence.credit_alert where party_id = ${world.a.partyId} and kind = 'limit_breached' and closed_at is null`.execute(
          admin,
        );
        return rows[0]?.n;
      };
      await put(1_000_000);
      await refreshCredit(order);
      await refreshCredit(order);
      expect([await open(), await told()]).toEqual([1, 1]);
      await put(90_000_000);
      await refreshCredit(order);
      expect([await open(), await told()]).toEqual([0, 1]);
    },
  );

  refreshed("who is in arrears is watched by rule; by hand once, and leaving leaves an audit row", async ({ tx, as, clock, world }) => {
    const { risk, late, b } = world;
    const entries = async (customer: GivenCustomer) =>
      (await as(risk, (own) => readCustomerRisk(own, risk, clock, customer.customerId))).watch;
    expect(await entries(late)).toMatchObject([{ rule: "arrears", leftAt: null }]);
    const request = { reason: "board wants it", reviewOn: "2026-04-01", actions: "" };
    await expect(as(risk, (own) => watchCustomer(own, risk, clock, late.customerId, request))).rejects.toMatchObject({ code: "conflict" });
    await expect(
      as(risk, (own) => watchCustomer(own, risk, clock, b.customerId, { ...request, reviewOn: "2026-03-01" })),
    ).rejects.toMatchObject({ code: "invalid_input" });
    const { watchId } = await as(risk, (own) => watchCustomer(own, risk, clock, b.customerId, request));
    await as(risk, (own) => leaveWatch(own, risk, clock, { partyId: b.partyId, watchId }, { reason: "repaid", version: 1 }));
    expect([await auditOf(tx, "watch.entered"), await auditOf(tx, "watch.left")]).toEqual([
      expect.arrayContaining([[b.customerId]]),
      [[b.customerId]],
    ]);
  });

  refreshed("the figures of a branch manager are of the branch, those of the risk officer of the bank", async ({ as, world }) => {
    const figures = async (caller: Caller) => as(caller, (own) => readCreditPortfolio(own, caller, {}));
    const [branch, whole] = [await figures(world.manager), await figures(world.risk)];
    expect([branch.total.customers, branch.total.drawnMinor]).toEqual([3, 31_000_000n]);
    expect([whole.total.customers, whole.total.drawnMinor]).toEqual([4, 36_000_000n]);
    expect(branch.branches.map(({ branchId }) => branchId)).toEqual([world.north.unitId]);
    expect(branch.bands.reduce((sum, { customers }) => sum + customers, 0)).toBe(3);
    const asked = await as(world.manager, (own) => readCreditPortfolio(own, world.manager, { branchId: world.south.unitId }));
    expect([asked.total.customers, asked.largest]).toEqual([0, []]);
  });

  refreshed("whom a shock costs most is worked out by the database as by the rules", async ({ tx, world, as }) => {
    const { policy } = await readPolicy(tx);
    for (const shock of shocksOf(policy)) {
      const { rows, sums } = await as(world.risk, async (own) => ({
        rows: await listWorst(own, shock, null, 50),
        sums: await sumPositions(own, null),
      }));
      const lost = rows.reduce((sum, { gainMinor }) => sum + Number(gainMinor), 0);
      const all = sums.reduce((sum, position) => sum + gainOf(position, shock), 0);
      if (all < 0 && rows.length === 4) expect(Math.abs(lost - all)).toBeLessThan(4);
      else expect(lost).toBeLessThanOrEqual(Math.max(0, all) + 4);
    }
  });
});

describe("applications", () => {
  refreshed("is judged at once, kept as judged, and decided by somebody else with a proof, once", async ({ tx, as, clock, world }) => {
    const { rm, a } = world;
    const officer = await givenSession(tx, world.second);
    const request = {
      kind: "loan",
      currency: "EUR",
      amountMinor: 1_000_000n,
      termMonths: 24,
      yearlyRate: 0.06,
      purpose: "a kitchen",
    } as const;
    await expect(as(rm, (own) => applyForCredit(own, rm, clock, a.customerId, { ...request, currency: "XXX" }))).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(as(rm, (own) => applyForCredit(own, rm, clock, world.far.customerId, request))).rejects.toMatchObject({
      code: "not_found",
    });
    const { applicationId } = await as(rm, (own) => applyForCredit(own, rm, clock, a.customerId, request));
    const before = await as(officer, (own) => readApplication(own, officer, applicationId));
    expect(before.application).toMatchObject({ state: "open", own: false, judgement: { policyVersion: 1, instalmentMinor: 44_321 } });
    const decision = { decision: "approved", reason: "good payer" } as const;
    await expect(as(rm, (own) => decideApplication(own, rm, clock, applicationId, decision))).rejects.toMatchObject({
      code: "not_allowed",
    });
    await expect(
      as(officer, (own) => decideApplication(own, officer, clock, applicationId, { ...decision, approvedMinor: 1_000_001n })),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await givenProof(tx, officer, {
      action: "credit_application.decided",
      subjectIds: [a.customerId],
      payload: { applicationId, ...decision, approvedMinor: "1000000" },
    });
    await as(officer, (own) => decideApplication(own, officer, clock, applicationId, decision));
    const after = await as(officer, (own) => readApplication(own, officer, applicationId));
    expect(after.application).toMatchObject({ state: "approved", approvedMinor: 1_000_000n, judgement: before.application.judgement });
    await expect(as(officer, (own) => decideApplication(own, officer, clock, applicationId, decision))).rejects.toMatchObject({
      code: "invalid_state",
    });
    expect(await auditOf(tx, "credit_application.approved")).toEqual([[a.customerId]]);
  });
});

describe("the policy", () => {
  refreshed(
    "a proposed version is in force when somebody else approves exactly it, and not past the approval",
    async ({ db, clock, world }) => {
      const { risk, second } = world;
      const now = await inTransaction(db, risk, readPolicy);
      const policy = { ...now.policy, defaultDays: now.policy.defaultDays + 1 };
      const asked = await inTransaction(db, risk, (tx) => proposePolicy(tx, risk, clock, { policy, reason: "The regulator asks for it" }));
      expect(asked.state).toBe("waiting");
      const past = sql`select intelligence.activate_credit_policy(${asked.version})`;
      for (const who of [risk, second])
        await expect(inTransaction(db, who, (tx) => past.execute(tx))).rejects.toMatchObject({ cause: { code: "42501" } });
      const shown = await inTransaction(db, second, (tx) => readApproval(tx, second, acts, asked.requestId ?? ""));
      expect(shown.difference).toContainEqual({ label: "/defaultDays", before: "90", after: "91", as: "text" });
      const decide = (who: Caller) =>
        inTransaction(db, who, (tx) =>
          decideProven(tx, who, clock, acts, { requestId: asked.requestId ?? "", approve: true, note: "as asked" }),
        );
      await expect(decide(risk)).rejects.toMatchObject({ detail: { reason: "own" } });
      await decide(second);
      expect((await inTransaction(db, risk, readPolicy)).policy.defaultDays).toBe(91);
      const { versions } = await inTransaction(db, risk, (tx) => listPolicies(tx, risk));
      expect(versions.map(({ state }) => state)).toEqual(["in_force", "replaced"]);
      expect(versions[0]?.approval).toMatchObject({ state: "approved", note: "as asked" });
    },
  );
});
