import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect } from "vitest";
import { type Erasing, eraseCustomer } from "../../server/customers/erasure/erase.ts";
import { erasureLogFile } from "../../server/customers/erasure/erasure-log.ts";
import { openErasure, readErasure } from "../../server/customers/erasure/erasures.ts";
import { reapplyErasures } from "../../server/customers/erasure/reapply.ts";
import { monthsLater, planOf, type SubjectTable } from "../../server/customers/erasure/rules.ts";
import { liftHold, placeHold } from "../../server/customers/holds/holds.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { newId } from "../../server/platform/ids/index.ts";
import { test } from "../support/database.ts";
import { openAndApprove as approveFor, classified, type ErasureWorld, erasureWorld, tablesWith } from "../support/erasures.ts";
import { bankUnit, type GivenCustomer, givenCustomer, givenPerson, givenProof } from "../support/given.ts";

const home = mkdtempSync(join(tmpdir(), "vinculo-erasure-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const clock = systemClock;

const erasing = ({ db, officer }: ErasureWorld, now = new Date()): Erasing => ({ db, caller: officer, now, home, columns: classified });

/** A customer whose products ended long ago: every term is over. */
async function givenFormer({ admin }: ErasureWorld, unique: string, closedOn = "2001-05-05"): Promise<GivenCustomer> {
  return admin.transaction().execute(async (tx) => {
    const customer = await givenCustomer(tx, {
      fullName: `Zenobia ${unique}`,
      phone: `+99${unique}`,
      nationalId: `NID${unique}`,
      accountNumber: `ACC${unique}`,
    });
    await sql`update customers.customer set customer_no = upper(customer_no) where customer_id = ${customer.customerId}`.execute(tx);
    await sql`update customers.holding set status = 'closed', closed_on = ${closedOn} where party_id = ${customer.partyId}`.execute(tx);
    await sql`delete from customers.transaction where party_id = ${customer.partyId}`.execute(tx);
    await sql`update customers.balance set balance_on = '2001-01-31' where party_id = ${customer.partyId}`.execute(tx);
    // Said long ago: the proof of it is over its term, too.
    await sql`insert into customers.consent (party_id, consent_id, purpose, channel, act, happened_at, obtained_by, recorded_by, note)
      values (${customer.partyId}, uuidv7(), 'marketing', 'any', 'withdrawn', '2001-01-01', 'letter', ${newId()}, ${`of ${customer.fullName}`})`.execute(
      tx,
    );
    await sql`alter table customers.consent disable trigger user`.execute(tx);
    await sql`update customers.consent set recorded_at = '2001-01-01' where party_id = ${customer.partyId}`.execute(tx);
    await sql`alter table customers.consent enable trigger user`.execute(tx);
    await sql`insert into customers.load_change (load_no, kind, row_id, party_id, before) values (1, 'party', ${customer.partyId}, ${customer.partyId}, ${JSON.stringify({ full_name: customer.fullName })}::jsonb)`.execute(
      tx,
    );
    await sql`insert into customers.party_history (party_id, history_id, kind, row_id, valid_from, known_from, was, gone) values (${customer.partyId}, uuidv7(), 'party', ${customer.partyId}, '2000-01-01', '2000-01-01', ${JSON.stringify({ full_name: customer.fullName })}::jsonb, false)`.execute(
      tx,
    );
    await sql`insert into customers.value_pin (party_id, pin_id, attribute, value, reason, pinned_by) values (${customer.partyId}, uuidv7(), 'full_name', ${customer.fullName}, 'as on the passport', ${newId()})`.execute(
      tx,
    );
    return customer;
  });
}

const openAndApprove = (the: ErasureWorld, { customerId }: GivenCustomer) => approveFor(the, `C-${customerId}`.toUpperCase());

/** Numbers of documents are sealed: no text finds them. */
async function numbersOf(admin: Db["app"], { partyId }: GivenCustomer): Promise<number> {
  const { rows } = await sql<{ rows: number }>`select count(*)::int as rows from customers.identifier where party_id = ${partyId}`.execute(
    admin,
  );
  return rows[0]?.rows ?? 0;
}

describe("erasing a customer", () => {
  test("leaves no value of theirs anywhere, after a second person agreed; proof and ids stay", async ({ db, admin }) => {
    const the = await erasureWorld(db, admin);
    const customer = await givenFormer(the, "77150001");
    await sql`insert into customers.quarantine (load_no, file_no, line_no, kind, reason, raw)
      select load_no, 1, 5, 'party', 'bad_date', ${JSON.stringify({ PHONE: "+9977150001", NAME: "Zenobia 77150001" })}::jsonb from customers.load limit 1`.execute(
      admin,
    );
    expect(await tablesWith(admin, "77150001")).toContain("customers.party");
    const erasureId = await openAndApprove(the, customer);
    const rm = await admin.transaction().execute(async (tx) => givenPerson(tx, "analyst", await bankUnit(tx)));
    const seen = (who: Caller) =>
      inTransaction(
        db,
        who,
        async (tx) => (await sql`select from customers.customer where customer_id = ${customer.customerId}`.execute(tx)).rows.length,
      );
    // Restricted at once, before a row is erased: for compliance and privacy only.
    expect([await seen(rm), await seen(the.officer), await seen(the.second)]).toEqual([0, 1, 1]);
    expect(await eraseCustomer(erasing(the), erasureId)).toBe("erased");
    expect(await tablesWith(admin, "77150001")).toEqual([]);
    const { erasure, plan } = await inTransaction(db, the.officer, (tx) => readErasure(tx, the.officer, erasureId));
    expect(erasure.state).toBe("erased");
    expect(plan.lines.find(({ table }) => table === "customers.party")).toMatchObject({ outcome: "erase", erased: 1, rows: 0 });
    expect(readFileSync(erasureLogFile(home), "utf8")).toContain(erasureId);
    expect(readFileSync(erasureLogFile(home), "utf8")).not.toContain("77150001");
    expect(await eraseCustomer(erasing(the), erasureId)).toBe("none");
  });

  test("keeps what a law orders, restricted, until its term is over, and then goes on", async ({ db, admin }) => {
    const the = await erasureWorld(db, admin);
    const customer = await givenFormer(the, "77150002", "2024-03-31");
    const erasureId = await openAndApprove(the, customer);
    expect(await eraseCustomer(erasing(the), erasureId)).toBe("kept");
    // Terms of the bank's own do not outlast the wish; a law's do.
    const left = await tablesWith(admin, "77150002");
    expect(left).toEqual(expect.arrayContaining(["customers.party", "customers.holding"]));
    expect(await numbersOf(admin, customer)).toBe(1);
    expect(left).not.toEqual(expect.arrayContaining(["customers.load_change"]));
    expect(left.filter((name) => /source_record|load_change|search_entry/.test(name))).toEqual([]);
    const { rows } = await sql<{ next: string }>`select next_on as next from customers.erasure where erasure_id = ${erasureId}`.execute(
      admin,
    );
    expect(rows[0]?.next).toBe("2029-03-31");
    expect(await eraseCustomer(erasing(the, new Date("2034-04-01T00:00:00Z")), erasureId)).toBe("erased");
    expect(await tablesWith(admin, "77150002")).toEqual([]);
    expect(await numbersOf(admin, customer)).toBe(0);
  });

  test("is refused while products are open, and nothing changes", async ({ db, admin }) => {
    const the = await erasureWorld(db, admin);
    const customer = await admin.transaction().execute(async (tx) => {
      const given = await givenCustomer(tx, { fullName: "Still here" });
      await sql`update customers.customer set customer_no = upper(customer_no) where customer_id = ${given.customerId}`.execute(tx);
      return given;
    });
    await expect(openAndApprove(the, customer)).rejects.toMatchObject({ code: "invalid_state", detail: { reason: "relationship_active" } });
    // Nor past the verbs: only the transaction of an approval restricts.
    const { rows } = await sql<{
      id: string;
    }>`select erasure_id as id from customers.erasure where customer_id = ${customer.customerId}`.execute(admin);
    await expect(
      inTransaction(db, the.officer, (tx) => sql`select customers.restrict_customer(${rows[0]?.id})`.execute(tx)),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a legal hold", () => {
  const hold = (the: ErasureWorld, customer: GivenCustomer) =>
    inTransaction(the.db, the.officer, (tx) =>
      placeHold(tx, the.officer, {
        customerNo: `C-${customer.customerId}`.toUpperCase(),
        caseCode: "CASE-7",
        reason: "seized by the court",
        until: null,
      }),
    );

  test("shows on a request that is still to be decided", async ({ db, admin }) => {
    const the = await erasureWorld(db, admin);
    const customer = await givenFormer(the, "77150098");
    const wish = { customerNo: `C-${customer.customerId}`.toUpperCase(), receivedOn: "2026-01-02", evidence: "letter" };
    const { erasureId } = await openErasure({ db, caller: the.officer, clock, columns: classified }, wish);
    const isHeld = async () => (await inTransaction(db, the.officer, (tx) => readErasure(tx, the.officer, erasureId))).erasure.held;
    expect(await isHeld()).toBe(false);
    await hold(the, customer);
    expect(await isHeld()).toBe(true);
  });

  test("stops an erasure that was approved; lifted, the erasure goes on", async ({ db, admin }) => {
    const the = await erasureWorld(db, admin);
    const customer = await givenFormer(the, "77150003");
    const erasureId = await openAndApprove(the, customer);
    const { holdId } = await hold(the, customer);
    // Held on the record: joined to another customer, it is held there.
    const other = await givenFormer(the, "77150099");
    await sql`update customers.party set customer_id = ${other.customerId} where party_id = ${customer.partyId}`.execute(admin);
    expect(await eraseCustomer(erasing(the), erasureId)).toBe("held");
    expect(await tablesWith(admin, "77150003")).toContain("customers.party");
    await sql`update customers.party set customer_id = ${customer.customerId} where party_id = ${customer.partyId}`.execute(admin);
    const reason = "the court released it";
    await admin
      .transaction()
      .execute((tx) => givenProof(tx, the.officer, { action: "hold.lifted", subjectIds: [holdId], payload: { reason } }));
    await inTransaction(db, the.officer, (tx) => liftHold(tx, the.officer, clock, holdId, reason));
    expect(await eraseCustomer(erasing(the), erasureId)).toBe("erased");
  });

  test("placed while the erasure is at work wins, or finds nobody: never half", async ({ db, admin }) => {
    const the = await erasureWorld(db, admin);
    for (let n = 0; n < 4; n += 1) {
      const customer = await givenFormer(the, `7716000${n}`);
      const erasureId = await openAndApprove(the, customer);
      const [placed, outcome] = await Promise.all([
        hold(the, customer).then(
          () => "held",
          (error: { code: string }) => error.code,
        ),
        eraseCustomer(erasing(the), erasureId),
      ]);
      const left = await tablesWith(admin, `7716000${n}`);
      const numbers = await numbersOf(admin, customer);
      if (outcome === "held") expect([placed, left.includes("customers.party"), numbers]).toEqual(["held", true, 1]);
      else expect([placed, outcome, left, numbers]).toEqual(["not_found", "erased", [], 0]);
    }
  });
});

test("a restore brings nobody back: the log beside the database is applied again, and holds of now are kept", async ({ db, admin }) => {
  const the = await erasureWorld(db, admin);
  const customer = await givenFormer(the, "77150004");
  const before = await rowsOf(admin, customer);
  const erasureId = await openAndApprove(the, customer);
  expect(await eraseCustomer(erasing(the), erasureId)).toBe("erased");
  // As after a restore of a backup from before the wish: the rows are there again, the request is not.
  await sql`delete from customers.erasure where erasure_id = ${erasureId}`.execute(admin);
  await sql`delete from customers.erased_record`.execute(admin);
  await putBack(admin, before);
  expect(await tablesWith(admin, "77150004")).not.toEqual([]);
  const operator = await operatorCaller(db);
  expect(await reapplyErasures({ ...erasing(the), caller: operator })).toMatchObject({ back: 1, erased: 1, held: 0 });
  expect(await tablesWith(admin, "77150004")).toEqual([]);
  expect(await reapplyErasures({ ...erasing(the), caller: operator })).toMatchObject({ back: 0 });
  const { rows } = await sql<{ kept: boolean }>`
    select customers.is_erased(source_id, 'party', ${customer.partyId}) as kept from customers.source where code = 'given'`.execute(admin);
  expect(rows).toEqual([{ kept: true }]);
});

const kept = ["customer", "party", "contact_point", "identifier", "holding"] as const;
async function rowsOf(admin: Db["app"], { customerId, partyId }: GivenCustomer) {
  const rows: [string, unknown][] = [];
  for (const table of kept) {
    const own = table === "customer" ? sql`t.customer_id = ${customerId}` : sql`t.party_id = ${partyId}`;
    const found = await sql<{
      row: unknown;
    }>`select to_jsonb(t) - 'class' - 'birthday' - 'city_folded' as row from ${sql.table(`customers.${table}`)} t where ${own}`.execute(
      admin,
    );
    for (const { row } of found.rows) rows.push([table, row]);
  }
  return rows;
}
async function putBack(admin: Db["app"], rows: readonly [string, unknown][]) {
  for (const [table, row] of rows) {
    const columnNames = Object.keys(row as object).map((name) => sql.ref(name));
    await sql`insert into ${sql.table(`customers.${table}`)} (${sql.join(columnNames)})
      select ${sql.join(columnNames)} from jsonb_populate_record(null::${sql.table(`customers.${table}`)}, ${JSON.stringify(row)}::jsonb)`.execute(
      admin,
    );
  }
}

test("every table that says whose row it is can be erased from by the worker", async ({ tx }: { tx: Tx }) => {
  const tables = [...new Set(classified.filter(({ subject }) => subject !== null).map(({ table }) => table))];
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${tables}::text[]) name where not has_table_privilege('vinculo_worker', name, 'delete')`.execute(tx);
  // Proof stays; it holds ids only.
  const trail = new Set(classified.filter(({ retention }) => retention === "audit_trail").map(({ table }) => table));
  expect(rows.map(({ name }) => name).filter((name) => !trail.has(name))).toEqual([]);
});

test("terms: a month's end stays one; what was never a customer has no term; the record stays while anything hangs on it", () => {
  expect([monthsLater("2024-01-31", 1), monthsLater("2024-03-31", -1), monthsLater("2024-02-29", 12)]).toEqual([
    "2024-02-29",
    "2024-02-29",
    "2025-02-28",
  ]);
  const table = (name: string, rule: SubjectTable["rule"], dayColumn: string | null = null): SubjectTable => ({
    ...{ table: name, subject: "party_id", rule, otherRecords: [], dayColumn, ofAccount: false },
  });
  const tables = [
    table("customers.consent", "consent_evidence", "recorded_at"),
    table("customers.load_change", "import_records"),
    table("customers.party", "relationship"),
  ];
  const found = new Map(
    tables.map(({ table: name }) => [name, { rows: 1, joint: 0, newestOn: name === "customers.consent" ? "2025-06-01" : null }]),
  );
  const terms = new Map([
    ["consent_evidence", { months: 36, legal: true }],
    ["import_records", { months: 24, legal: false }],
    ["relationship", { months: 120, legal: true }],
  ]);
  const plan = planOf(tables, found, { terms, relationship: { open: false, endedOn: null }, today: "2026-01-01" });
  expect(plan.lines.map(({ outcome, until }) => [outcome, until])).toEqual([
    ["keep", "2028-06-01"],
    ["erase", null],
    ["keep", "2028-06-01"],
  ]);
});
