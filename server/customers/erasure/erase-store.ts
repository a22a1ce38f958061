import { sql, type Tx } from "../../platform/db/index.ts";
import type { Plan } from "./contract.ts";
import type { Found, Relationship, SubjectTable, Term } from "./rules.ts";

// Everything here runs on the worker: it reads and deletes past what the caller sees, for one customer at a time.

export interface Whose {
  readonly partyIds: readonly string[];
  /** Customers that are nobody else's: no record of anybody else belongs to them. */
  readonly customerIds: readonly string[];
}

/** Terms by the name of the rule. */
export async function readTerms(tx: Tx): Promise<ReadonlyMap<string, Term>> {
  const { rows } = await sql<{ name: string; months: number | null; legal: boolean }>`
    select name, term_months as months, legal from governance.retention_rule limit 200`.execute(tx);
  return new Map(rows.map(({ name, ...term }) => [name, term]));
}

export async function readRelationship(tx: Tx, partyIds: readonly string[]): Promise<Relationship> {
  const { rows } = await sql<Relationship>`
    select coalesce(bool_or(h.status <> 'closed' and (h.closed_on is null or h.closed_on > current_date)), false) as open,
      max(coalesce(h.closed_on, h.last_transaction_on, h.changed_at::date)) as "endedOn"
    from customers.holding h
    where h.party_id = any (${partyIds}::uuid[])
      or h.holding_id in (select r.holding_id from customers.holding_role r where r.owner_party_id = any (${partyIds}::uuid[]))`.execute(
    tx,
  );
  return rows[0] ?? { open: false, endedOn: null };
}

/** The customers of these records, now and before, that belong to nobody else. */
export async function customersOf(tx: Tx, partyIds: readonly string[]): Promise<{ own: string[]; shared: string[] }> {
  const { rows } = await sql<{ id: string; shared: boolean }>`
    with mine as (
      select customer_id as id from customers.party where party_id = any (${partyIds}::uuid[])
      union select customer_id from customers.identity_link where party_id = any (${partyIds}::uuid[])
    )
    select id, exists (select from customers.party p where p.customer_id = mine.id and p.party_id <> all (${partyIds}::uuid[])) as shared from mine limit 2000`.execute(
    tx,
  );
  const current = await sql<{ id: string }>`
    select distinct customer_id as id from customers.party where party_id = any (${partyIds}::uuid[]) limit 1000`.execute(tx);
  const now = new Set(current.rows.map(({ id }) => id));
  return {
    own: rows.filter(({ shared }) => !shared).map(({ id }) => id),
    shared: rows.filter(({ id, shared }) => shared && now.has(id)).map(({ id }) => id),
  };
}

function whoseRows({ subject, otherRecords }: SubjectTable, { partyIds, customerIds }: Whose) {
  const own = subject === "customer_id" ? sql`t.customer_id = any (${customerIds}::uuid[])` : sql`t.party_id = any (${partyIds}::uuid[])`;
  return sql.join([own, ...otherRecords.map((name) => sql`t.${sql.ref(name)} = any (${partyIds}::uuid[])`)], sql` or `);
}

/** Is the account somebody else's, too? */
function isJoint(partyIds: readonly string[]) {
  return sql<boolean>`exists (select from customers.holding_role j where j.holding_id = t.holding_id and j.owner_party_id <> all (${partyIds}::uuid[]))`;
}

export async function countRows(tx: Tx, table: SubjectTable, whose: Whose): Promise<Found> {
  const newest = table.dayColumn === null ? sql`null::date` : sql`max(t.${sql.ref(table.dayColumn)})::date`;
  const joint = table.ofAccount ? sql`count(*) filter (where ${isJoint(whose.partyIds)})::int` : sql`0`;
  const { rows } = await sql<Found>`
    select count(*)::int as rows, ${joint} as joint, ${newest} as "newestOn" from ${sql.table(table.table)} t where ${whoseRows(table, whose)}`.execute(
    tx,
  );
  return rows[0] ?? { rows: 0, joint: 0, newestOn: null };
}

/** `before`: only rows older than this day of their own. Rows of joint accounts stay. How many went. */
export async function deleteRows(tx: Tx, table: SubjectTable, whose: Whose, before: string | null = null): Promise<number> {
  const older = before === null || table.dayColumn === null ? sql`` : sql` and t.${sql.ref(table.dayColumn)} < ${before}::date`;
  const alone = table.ofAccount ? sql` and not ${isJoint(whose.partyIds)}` : sql``;
  const { numAffectedRows } = await sql`
    delete from ${sql.table(table.table)} t where (${whoseRows(table, whose)})${older}${alone}`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Locks the erasure and its records; null: it is not at work (any more). `locked` is null under a legal hold. */
export async function lockErasure(
  tx: Tx,
  erasureId: string,
): Promise<{ partyIds: string[]; customerNo: string; locked: string[] | null } | null> {
  const { rows } = await sql<{ partyIds: string[]; customerNo: string }>`
    select party_ids as "partyIds", customer_no as "customerNo" from customers.erasure where erasure_id = ${erasureId} and state = 'restricted' for update`.execute(
    tx,
  );
  const [row] = rows;
  if (row === undefined) return null;
  const found = await sql<{ locked: string[] | null }>`select customers.lock_for_erasure(${row.partyIds}::uuid[]) as locked`.execute(tx);
  return { ...row, locked: found.rows[0]?.locked ?? null };
}

export interface Remembered {
  readonly records: { readonly sourceId: number; readonly kind: string; readonly hash: string }[];
  readonly addresses: { readonly kind: "phone" | "email"; readonly hash: string }[];
}

/** Hashes of what must not come again: keys of the records, and addresses that are not to be written to. */
export async function remember(tx: Tx, partyIds: readonly string[]): Promise<Remembered> {
  const records = await sql<Remembered["records"][number]>`
    with keys as (
      select distinct s.source_id, s.kind, customers.erasure_hash(s.source_id || ' ' || s.kind || ' ' || s.source_key) as hash
      from customers.source_record s where s.party_id = any (${partyIds}::uuid[])
      union
      select p.source_id, 'party', customers.erasure_hash(p.source_id || ' party ' || p.source_key) from customers.party p where p.party_id = any (${partyIds}::uuid[])
    ), kept as (
      insert into customers.erased_record (source_id, kind, key_hash) select source_id, kind, hash from keys on conflict do nothing
    )
    select source_id::int as "sourceId", kind, encode(hash, 'hex') as hash from keys limit 10000`.execute(tx);
  const addresses = await sql<Remembered["addresses"][number]>`
    with addresses as (
      select distinct k.kind, customers.erasure_hash(k.kind || ' ' || coalesce(k.normalised, k.value)) as hash
      from customers.contact_point k where k.party_id = any (${partyIds}::uuid[]) and k.kind in ('phone', 'email')
    ), kept as (
      insert into customers.suppression (kind, address_hash) select kind, hash from addresses on conflict do nothing
    )
    select kind, encode(hash, 'hex') as hash from addresses limit 1000`.execute(tx);
  return { records: records.rows, addresses: addresses.rows };
}

/** What a log outside the database remembers, put back after a restore. */
export async function rememberAgain(tx: Tx, { records, addresses }: Remembered): Promise<void> {
  for (const { sourceId, kind, hash } of records)
    await sql`insert into customers.erased_record (source_id, kind, key_hash) values (${sourceId}, ${kind}, ${Buffer.from(hash, "hex")}) on conflict do nothing`.execute(
      tx,
    );
  for (const { kind, hash } of addresses)
    await sql`insert into customers.suppression (kind, address_hash) values (${kind}, ${Buffer.from(hash, "hex")}) on conflict do nothing`.execute(
      tx,
    );
}

/** Rows in quarantine that hold a key, an account, a document or an address of these records; a name alone may be somebody else's. How many went. */
export async function deleteQuarantined(tx: Tx, partyIds: readonly string[]): Promise<number> {
  const { numAffectedRows } = await sql`
    with told as materialized (
      select array_agg(distinct lower(value)) as texts from (
        select p.source_key as value from customers.party p where p.party_id = any (${partyIds}::uuid[])
        union all select s.source_key from customers.source_record s where s.party_id = any (${partyIds}::uuid[])
        union all select h.number from customers.holding h where h.party_id = any (${partyIds}::uuid[])
        union all select coalesce(k.normalised, k.value) from customers.contact_point k where k.party_id = any (${partyIds}::uuid[]) and k.kind in ('phone', 'email')
        union all select k.value from customers.contact_point k where k.party_id = any (${partyIds}::uuid[]) and k.kind in ('phone', 'email')
      ) v where length(value) >= 3
    ), numbers as materialized (
      select array_remove(coalesce(array_agg(i.blind) || array_agg(i.blind_next), '{}'), null) as blinds from customers.identifier i where i.party_id = any (${partyIds}::uuid[])
    )
    delete from customers.quarantine q using told, numbers where customers.holds_any(q.raw, told.texts) or q.numbers && numbers.blinds or lower(q.source_key) = any (told.texts) or lower(q.waits_key) = any (told.texts)`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
}

/** Households and groups in which nobody is left: their names are people's. */
export async function deleteEmptyCircles(tx: Tx): Promise<void> {
  await sql`delete from customers.circle c where not exists (select from customers.circle_member m where m.circle_id = c.circle_id)`.execute(
    tx,
  );
}

/** A restricted customer is found by nobody: what only serves finding goes at once, whatever the terms. */
export const findingTables = ["customers.search_entry", "customers.match_entry"];

/** What deleting writes of the deleted: gone with them, where nothing of it is kept. */
export const trailingTables = ["customers.party_history"];

/** The seals by which they were restricted: nothing is left to hide. */
export async function deleteRestriction(tx: Tx, partyIds: readonly string[]): Promise<void> {
  await sql`delete from customers.seal where party_id = any (${partyIds}::uuid[]) and compartment_id = any (governance.restricted_compartments())`.execute(
    tx,
  );
}

export async function saveProgress(
  tx: Tx,
  erasureId: string,
  { plan, nextOn, held, done }: { plan: Plan | null; nextOn: string | null; held: boolean; done: boolean },
): Promise<void> {
  await sql`
    update customers.erasure set plan = coalesce(${plan === null ? null : JSON.stringify(plan)}::jsonb, plan), next_on = ${nextOn}::date, held = ${held},
      state = case when ${done} then 'erased' else state end, closed_at = case when ${done} then now() end, version = version + 1
    where erasure_id = ${erasureId}`.execute(tx);
}

/** Of records that were erased once, those that a restore brought back, and how their request stands; null: none came back. */
export async function findBack(
  tx: Tx,
  erasureId: string,
  partyIds: readonly string[],
): Promise<{ partyIds: string[]; customerId: string; customerNo: string; state: string | null } | null> {
  const { rows } = await sql<{ partyIds: string[]; customerId: string; customerNo: string; state: string | null }>`
    select array_agg(p.party_id order by p.party_id) as "partyIds", min(p.customer_id::text)::uuid as "customerId", min(c.customer_no) as "customerNo",
      (select e.state from customers.erasure e where e.erasure_id = ${erasureId}) as state
    from customers.party p join customers.customer c on c.customer_id = p.customer_id
    where p.party_id = any (${partyIds}::uuid[]) having count(*) > 0`.execute(tx);
  return rows[0] ?? null;
}

/** Looks at a restricted customer again today, whatever day was set. */
export async function makeDue(tx: Tx, erasureId: string, today: string): Promise<void> {
  await sql`update customers.erasure set next_on = ${today}::date where erasure_id = ${erasureId} and state = 'restricted'`.execute(tx);
}
