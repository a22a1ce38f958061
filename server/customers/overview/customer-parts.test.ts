import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenCustomer, givenPerson, givenPortfolio, givenUnit } from "../../../tests/support/given.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import { readParts } from "./store.ts";
import { viewCustomer } from "./view-customer.ts";

const identifier = "X9988776655";

async function arrange(tx: Tx) {
  const bank = await bankUnit(tx);
  const [here, elsewhere] = [await givenUnit(tx, "branch", bank), await givenUnit(tx, "branch", bank)];
  const manager = await givenPerson(tx, "branch_manager", here);
  const portfolioId = await givenPortfolio(tx, elsewhere, manager);
  return {
    manager,
    administrator: await givenPerson(tx, "administrator", bank),
    auditor: await givenPerson(tx, "auditor", bank),
    seen: await givenCustomer(tx, { branch: here, nationalId: identifier, phone: "+34600123456" }),
    own: await givenCustomer(tx, { branch: elsewhere, portfolioId }),
    hidden: await givenCustomer(tx, { branch: elsewhere, nationalId: "Y1122334455" }),
    nowhere: await givenCustomer(tx, { branch: null }),
  };
}

test("totals leave out holdings that are closed, whatever balance they were closed with", async ({ tx, as }) => {
  const { manager, seen } = await arrange(tx);
  const totalsOf = () => as(manager, async (asked) => (await viewCustomer(asked, manager, seen.customerId)).totals);
  const loan = (status: string, minor: number) =>
    sql`with h as (
        insert into customers.holding (party_id, holding_id, source_id, source_key, kind, currency, status, balance_minor, changed_at, load_no)
        select party_id, gen_random_uuid(), source_id, ${status}, 'loan', 'EUR', ${status}, ${minor}, '2026-01-01', 1 from customers.party where party_id = ${seen.partyId}
        returning *)
      insert into customers.holding_role (party_id, holding_id, role, owner_party_id, source_id, load_no)
      select party_id, holding_id, 'owner', party_id, source_id, 1 from h`.execute(tx);
  await loan("closed", -70_000);
  expect(await totalsOf()).toEqual([{ currency: "EUR", assetsMinor: 1000n, debtsMinor: 0n, holdings: 1 }]);
  await loan("open", -500);
  expect(await totalsOf()).toEqual([{ currency: "EUR", assetsMinor: 1000n, debtsMinor: 500n, holdings: 2 }]);
  await sql`update customers.holding set status = 'closed' where party_id = ${seen.partyId}`.execute(tx);
  expect(await totalsOf()).toEqual([]);
});

describe("customers.customer_parts, which runs as vinculo_search", () => {
  test("gives the parts of a customer in reach or in the own portfolio, and nothing of any other", async ({ tx, as }) => {
    const { manager, seen, own, hidden, nowhere } = await arrange(tx);
    const partsOf = ({ customerId }: { customerId: string }) => as(manager, (asked) => readParts(asked, customerId));
    expect(await partsOf(seen)).toMatchObject({
      contactPoints: [{ kind: "phone" }],
      identifiers: [{ last4: "6655" }],
      holdings: [{ holdingId: seen.holdingId, balanceMinor: 1000n }],
      records: [{ partyId: seen.partyId, lineNo: 2 }],
    });
    expect(await partsOf(own)).toMatchObject({ holdings: [{ holdingId: own.holdingId }] });
    for (const other of [hidden, nowhere, { customerId: crypto.randomUUID() }]) expect(await partsOf(other)).toBeNull();
  });

  test("gives nothing to who may read no customers, to nobody, and to a person whose account has been closed", async ({ tx, as }) => {
    const { manager, administrator, auditor, seen } = await arrange(tx);
    const partsAs = (caller: Parameters<typeof as>[0]) => as(caller, (asked) => readParts(asked, seen.customerId));
    for (const caller of [administrator, auditor, { userId: null, sessionId: null, requestId: "nobody" }])
      expect(await partsAs(caller)).toBeNull();
    expect(await partsAs(manager)).not.toBeNull();
    await sql`update governance.app_user set active = false where user_id = ${manager.userId}`.execute(tx);
    expect(await partsAs(manager)).toBeNull();
  });

  test("never carries an identifier beyond its last four characters", async ({ tx, as }) => {
    const { manager, seen } = await arrange(tx);
    const parts = await as(manager, async (asked) => {
      const { rows } = await sql<{ text: string }>`select customers.customer_parts(${seen.customerId})::text as text`.execute(asked);
      return rows[0]?.text ?? "";
    });
    expect(parts).toContain("6655");
    expect(parts).not.toContain(identifier.slice(0, -4));
  });

  test("ranks values as customers.attribute_value does", async ({ tx, as }) => {
    const { manager, seen } = await arrange(tx);
    const { rows } = await sql<{ attribute: string; value: string; place: number }>`
      select attribute, value, place from customers.attribute_value where customer_id = ${seen.customerId} order by 1, 3`.execute(tx);
    const parts = await as(manager, (asked) => readParts(asked, seen.customerId));
    expect(parts?.competing.map(({ attribute, value, place }) => ({ attribute, value, place }))).toEqual(rows);
  });

  test("is the only way to what vinculo_search may read: no login can become it, it bypasses nothing, and it may not read whole identifiers", async ({
    tx,
  }) => {
    // Matching asks as the worker who shares a key with whom; the answer is ids.
    const { rows } = await sql<Record<string, boolean | string[]>>`
      select pg_has_role('vinculo_app', 'vinculo_search', 'member') as app, pg_has_role('vinculo_worker', 'vinculo_search', 'member') as worker,
        (select rolbypassrls or rolcanlogin or rolsuper from pg_roles where rolname = 'vinculo_search') as strong,
        has_column_privilege('vinculo_search', 'customers.identifier', 'sealed_value', 'select') as "whole",
        (select array_agg(f.proname || ' by ' || other.name order by 1) from pg_proc f, (values ('vinculo_worker'), ('vinculo_backup'), ('public')) as other (name)
          where pg_get_userbyid(f.proowner) = 'vinculo_search' and has_function_privilege(other.name, f.oid, 'execute')) as "byOthers",
        exists (select from pg_class c where c.relkind = 'v' and pg_get_userbyid(c.relowner) = 'vinculo_search') as views`.execute(tx);
    const byOthers = ["match_candidates by vinculo_worker", "match_neighbours by vinculo_worker"];
    expect(rows).toEqual([{ app: false, worker: false, strong: false, whole: false, byOthers, views: false }]);
  });
});
