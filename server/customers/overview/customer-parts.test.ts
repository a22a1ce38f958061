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

/** Thirty more records of three sources for the customer, whose values, trust and times are often equal. */
async function addParties(tx: Tx, customerId: string): Promise<void> {
  const text = (word: string, choices: number) =>
    sql`'${sql.raw(word)}' || (abs(hashtext('${sql.raw(word)}' || n)) % ${sql.raw(String(choices))})`;
  await sql`
    with source as (
      insert into customers.source (code, name, trust) select 'more' || n, 'More ' || n, 40 + n / 2 * 10 from generate_series(1, 3) n returning source_id, code
    ), trusted as (
      insert into customers.source_trust (source_id, attribute, trust) select source_id, 'occupation', 90 from source where code = 'more2'
    ), party as (
      insert into customers.party (party_id, customer_id, source_id, source_key, kind, full_name, given_name, occupation, language, born_on, changed_at, load_no)
      select gen_random_uuid(), ${customerId}::uuid, s.source_id, 'K' || n, 'person', ${text("Name ", 4)}, case when n % 3 > 0 then ${text("محمد", 3)} end,
        ${text("trade ", 5)}, 'es', date '1980-01-01' + n % 4, timestamptz '2026-02-01' + n % 5 * interval '1 day', 1
      from generate_series(1, 30) n join source s on s.code = 'more' || (1 + n % 3) returning *
    ), link as (
      insert into customers.identity_link (party_id, link_id, customer_id, decision, decided_by)
      select party_id, gen_random_uuid(), customer_id, 'first', gen_random_uuid() from party
    ), contact as (
      insert into customers.contact_point (party_id, contact_point_id, source_id, kind, purpose, value, normalised, parts, changed_at, load_no)
      select party_id, gen_random_uuid(), source_id, k.kind, k.purpose, k.value, k.normalised, k.parts::jsonb, changed_at, 1
      from party, (values ('email', 'home', 'A@x.example', 'a@x.example', null), ('phone', null, '+34 600 000 001', null, null),
        ('address', null, 'Calle 1', 'calle 1', '{"city": "Madrid", "country": null}')) as k (kind, purpose, value, normalised, parts)
    ), identifier as (
      insert into customers.identifier (party_id, identifier_id, source_id, scheme, sealed_value, blind, last4, expires_on, load_no)
      select party_id, gen_random_uuid(), source_id, 'national_id', decode('00', 'hex'), decode(md5(party_id::text), 'hex'), '6655', date '2031-05-01', 1 from party
    )
    insert into customers.value_pin (party_id, pin_id, attribute, value, reason, pinned_by, pinned_at)
    select party_id, gen_random_uuid(), 'occupation', 'pinned ' || source_key, 'Seen in the contract', gen_random_uuid(), changed_at
    from party where source_key in ('K4', 'K7', 'K9')`.execute(tx);
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

  test("ranks values as customers.attribute_value does: of several sources and parties, with equal values, equal ranks and pins", async ({
    tx,
    as,
  }) => {
    const { manager, seen } = await arrange(tx);
    await addParties(tx, seen.customerId);
    const { rows } = await sql`
      select attribute, value, party_id as "partyId", source_id as "sourceId", trust, place, strategy, pin_id as "pinId"
      from customers.attribute_value where customer_id = ${seen.customerId} order by attribute, place`.execute(tx);
    const parts = await as(manager, (asked) => readParts(asked, seen.customerId));
    const ranked = parts?.competing.map(({ source, pin, changedAt: _, ...row }) => ({
      ...row,
      sourceId: source.sourceId,
      pinId: pin?.pinId ?? null,
    }));
    expect(ranked).toEqual(rows);
    expect(rows.length).toBeGreaterThan(100);
  });

  test("shows equal contact points and identifiers of several sources once, and a holding in the strongest role", async ({ tx, as }) => {
    const { manager, seen } = await arrange(tx);
    await addParties(tx, seen.customerId);
    await sql`
      insert into customers.holding_role (party_id, holding_id, role, owner_party_id, source_id, load_no)
      select p.party_id, ${seen.holdingId}, 'authorised', ${seen.partyId}, p.source_id, 1 from customers.party p
      where p.customer_id = ${seen.customerId} and p.party_id <> ${seen.partyId} limit 3`.execute(tx);
    const view = await as(manager, (asked) => viewCustomer(asked, manager, seen.customerId));
    expect(view.holdings).toMatchObject([{ holdingId: seen.holdingId, role: "owner" }]);
    expect(view.identifiers).toMatchObject([{ last4: "6655", verified: true, expiresOn: "2031-05-01" }]);
    expect(view.identifiers[0]?.sources.length).toBe(4);
    const [email, ...others] = view.contactPoints.filter(({ kind }) => kind === "email");
    expect(email).toMatchObject({ value: "A@x.example", normalised: "a@x.example", purpose: "home" });
    expect([email?.sources.length, others]).toEqual([3, []]);
    expect(view.records.length).toBe(31);
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
