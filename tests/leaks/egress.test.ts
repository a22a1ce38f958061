import type { InjectOptions } from "fastify";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { directoryRoutes } from "../../server/customers/directory/routes.ts";
import { holdingsRoutes } from "../../server/customers/holdings/routes.ts";
import { overviewRoutes } from "../../server/customers/overview/routes.ts";
import { actsOf, decideProven } from "../../server/governance/approvals/index.ts";
import { askForRows, raiseEgressAct, readBudget, tellSpent } from "../../server/governance/egress/index.ts";
import { egressRoutes } from "../../server/governance/egress/routes.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { type Db, inTransaction, sql } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenUnit } from "../support/given.ts";
import { startTestServer, type TestServer } from "../support/server.ts";

const LIMIT = 20;

describe("AC-64: mass egress", () => {
  let world: { server: TestServer; db: Db; manager: Caller; officer: Caller; customers: GivenCustomer[] };
  beforeAll(() => undefined);
  afterAll(() => world?.server.server.close());

  async function ask(path: string): Promise<{ status: number; code: string | null; body: Record<string, unknown> }> {
    const [address = "", text] = path.split("?text=");
    const asked = text === undefined ? { method: "GET", url: path } : { method: "POST", url: `${address}/ask`, payload: { text } };
    const answer = await world.server.send("manager", asked as InjectOptions);
    const body = answer.json<Record<string, unknown>>();
    return { status: answer.statusCode, code: (body.code as string | undefined) ?? null, body };
  }
  const used = async () => {
    const budgets = (await ask("/api/egress/budget")).body.budgets as { class: string; used: number }[];
    return budgets.find((budget) => budget.class === "customer")?.used;
  };

  test("list pages, searches and views share one counter, which counts what was shown", async ({ db, admin }) => {
    const arranged = await admin.transaction().execute(async (tx) => {
      const branch = await givenUnit(tx, "branch", null);
      const customers = [];
      for (let n = 0; n < 8; n += 1) customers.push(await givenCustomer(tx, { fullName: "egress test", branch }));
      await sql`insert into platform.setting (name, value) values ('limits.egress', ${JSON.stringify({ customer: LIMIT, transaction: 3 })}::jsonb)`.execute(
        tx,
      );
      return {
        manager: await givenPerson(tx, "branch_manager", branch),
        officer: await givenPerson(tx, "compliance_officer", await bankUnit(tx)),
        customers,
      };
    });
    const routes = [...directoryRoutes, ...overviewRoutes, ...holdingsRoutes, ...egressRoutes];
    const server = await startTestServer({
      db,
      routes,
      callers: { manager: arranged.manager },
      parts: { onLimitReached: (caller, limit) => tellSpent(db, caller, limit) },
    });
    world = { ...arranged, server, db };
    expect((await ask("/api/customers?rows=5")).status).toBe(200);
    expect(await used()).toBe(5);
    expect((await ask("/api/customers/search?text=egress")).status).toBe(200);
    expect(await used()).toBe(13);
    expect((await ask(`/api/customers/${world.customers[0]?.customerId}`)).status).toBe(200);
    expect((await ask("/api/customers/count")).status).toBe(200);
    expect(await used()).toBe(14);
  });

  test("the row after the last is blocked on every channel, nothing changes, and the alarm is raised once", async ({ admin }) => {
    expect((await ask("/api/customers?rows=7")).body).toMatchObject({ code: "limit_reached", detail: { limit: "egress_customer" } });
    // What fits still goes out: it was refused as a whole, not cut.
    expect([(await ask("/api/customers?rows=6")).status, await used()]).toEqual([200, LIMIT]);
    for (const path of ["/api/customers?rows=1", "/api/customers/search?text=egress", `/api/customers/${world.customers[1]?.customerId}`]) {
      expect(await ask(path), path).toMatchObject({ status: 403, code: "limit_reached" });
      expect(await used()).toBe(LIMIT);
    }
    const { rows } = await sql<{ kind: string; person: string }>`
      select kind, person_id as person from governance.notification where kind = 'egress_spent'`.execute(admin);
    expect(rows).toEqual([{ kind: "egress_spent", person: world.officer.userId }]);
    const blocked =
      await sql`select from governance.audit_event where action = 'egress.blocked' and actor_id = ${world.manager.userId}`.execute(admin);
    expect(blocked.rows).toHaveLength(4);
  });

  test("transactions have a budget of their own, in their own rows", async ({ admin }) => {
    await admin.transaction().execute((tx) =>
      sql`
        insert into customers.transaction (party_id, booked_on, transaction_id, holding_id, amount_minor, line_no, load_no, source_id, currency, source_key)
        select party_id, booked_on, uuidv7(), holding_id, 1, 1, 1, source_id, 'EUR', n::text from customers.transaction, generate_series(1, 3) n
        where party_id = ${world.customers[0]?.partyId}`.execute(tx),
    );
    const path = (rows: number) => `/api/customers/${world.customers[0]?.customerId}/transactions?rows=${rows}`;
    expect(await ask(path(4))).toMatchObject({ status: 403, body: { detail: { limit: "egress_transaction" } } });
    expect([(await ask(path(3))).status, (await ask(path(1))).status]).toEqual([200, 403]);
  });

  test("more is given by somebody else only, for the day, as much as was asked", async () => {
    const { db, manager, officer } = world;
    const act = <T>(caller: Caller, work: Parameters<typeof inTransaction<T>>[2]) => inTransaction(db, caller, work);
    const wanted = { class: "customer" as const, rows: 3, reason: "letters to all customers of the branch" };
    const { requestId } = await act(manager, (tx) => askForRows(tx, manager, systemClock, wanted));
    await expect(act(manager, (tx) => askForRows(tx, manager, systemClock, wanted))).rejects.toMatchObject({ code: "conflict" });
    const approval = { requestId: requestId ?? "", approve: true, note: "agreed with the branch" };
    const decide = (who: Caller) => act(who, (tx) => decideProven(tx, who, systemClock, actsOf([raiseEgressAct]), approval));
    await expect(decide(manager)).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "own" } });
    // Past the approval nobody writes a budget, for themselves or for another.
    for (const who of [manager, officer])
      await expect(act(who, (tx) => sql`select governance.raise_egress('customer', 3)`.execute(tx))).rejects.toMatchObject({
        cause: { code: "42501" },
      });
    await decide(officer);
    await expect(decide(officer)).rejects.toMatchObject({ code: /conflict|not_found/ });
    expect([(await ask("/api/customers?rows=3")).status, (await ask("/api/customers?rows=1")).status]).toEqual([200, 403]);
    const { budgets } = await act(manager, (tx) => readBudget(tx, manager));
    expect(budgets.find((budget) => budget.class === "customer")).toMatchObject({ used: LIMIT + 3, limit: LIMIT, extra: 3, waiting: null });
  });

  test("the counter cannot be set back, nor the limit be moved, by what a request may write", async () => {
    const { db, manager } = world;
    for (const statement of [
      sql`update governance.egress_budget set rows = 0`,
      sql`delete from governance.egress_budget`,
      sql`update platform.setting set value = '{}' where name = 'limits.egress'`,
      sql`insert into platform.setting (name, value) values ('limits.emergency', '{"perDay": 1000}')`,
      sql`insert into governance.egress_budget (person_id, class, day, extra) values (${manager.userId}, 'customer', current_date + 1, 1000000)`,
    ])
      await expect(inTransaction(db, manager, (tx) => statement.execute(tx))).rejects.toMatchObject({ code: "not_found" });
  });

  test("many requests of one person at once are counted each, and never give out more than there is", async ({ admin }) => {
    await sql`update platform.setting set value = ${JSON.stringify({ customer: LIMIT + 10, transaction: 3 })}::jsonb where name = 'limits.egress'`.execute(
      admin,
    );
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask("/api/customers?rows=3")));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(await used()).toBe(LIMIT + 12);
  });
});
