import type { Kysely } from "kysely";
import { expect } from "vitest";
import { searchCustomers } from "../../server/customers/directory/index.ts";
import { indexIdentifiers, openIdentifiers } from "../../server/customers/identifiers/index.ts";
import { loadDelivery } from "../../server/customers/intake/load-delivery.ts";
import { openDelivery } from "../../server/customers/intake/open-delivery.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import { carryOutRotation, orderRotationAtOnce } from "../../server/governance/encryption/index.ts";
import { sealedColumns } from "../../server/main/sealed-columns.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { type Database, type Db, inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { bankMapping, clientsHeader, delivered } from "./delivery.ts";

export const indexedColumn = sealedColumns[0]?.column ?? "";
const BATCH_ROWS = 5;

export const clientLine = (at: number, number: string, id = at) =>
  `${id},Ana Prueba ${at},1980-02-0${1 + (at % 9)},,600 123 4${10 + at},${number}`;

export const asWorker = async <T>(db: Db, work: (tx: Tx) => Promise<T>) =>
  inTransaction(db, await operatorCaller(db), work, { role: "worker" });

export async function loadClients(db: Db, source: string, lines: readonly string[]) {
  const delivery = await openDelivery(bankMapping(source), delivered({ "clients.csv": [clientsHeader, ...lines] }));
  return loadDelivery({ db, caller: await operatorCaller(db), delivery });
}

export async function orderIndexKey(db: Db): Promise<string> {
  const operator = await operatorCaller(db);
  return asWorker(db, (tx) => orderRotationAtOnce(tx, operator, systemClock, sealedColumns, { column: indexedColumn, part: "index" }));
}

/** Carries it out, five rows a transaction; `onBatch` comes between two of them. */
export async function carryIndexKey(db: Db, rotationId: string, onBatch: () => Promise<void> | void = () => undefined): Promise<void> {
  const carrying = { db, caller: await operatorCaller(db), clock: systemClock, columns: sealedColumns };
  await carryOutRotation({ ...carrying, signal: new AbortController().signal, batchRows: BATCH_ROWS, onBatch }, rotationId);
}

/** What is found by a number: the names of the customers' records. */
export async function foundBy(db: Db, person: Caller, number: string): Promise<string[]> {
  const { found: hits } = await inTransaction(db, person, (tx) => searchCustomers(tx, person, number, 10));
  return hits.map(({ customer }) => customer.fullName);
}

export const indexKeys = (admin: Kysely<Database>) =>
  sql<{
    keyNo: number;
    use: string;
  }>`select key_no as "keyNo", index_use as use from platform.data_key where column_name = ${indexedColumn} and epoch <= 0`
    .execute(admin)
    .then(({ rows }) => rows);

/** Every blind index that stands anywhere is the one of its value under the key that is left, and no other stands there. */
export async function expectOnlyTheNewKey(db: Db, admin: Kysely<Database>): Promise<void> {
  const { open, blind } = await asWorker(db, async (tx) => ({ ...(await openIdentifiers(tx)), ...(await indexIdentifiers(tx)) }));
  const { rows } = await sql<{ id: string; sealed: Buffer; blind: Buffer; next: Buffer | null }>`
    select identifier_id as id, sealed_value as sealed, blind, blind_next as next from customers.identifier`.execute(admin);
  const right = new Set(rows.map(({ id, sealed }) => blind(open(id, sealed)).toString("hex")));
  for (const row of rows) expect([row.blind, row.next]).toEqual([blind(open(row.id, row.sealed)), null]);
  const terms = await sql<{ term: string }>`
    select distinct substr(t, 2) as term from customers.search_entry s cross join unnest(tsvector_to_array(s.terms)) t where t ~ '^i[0-9a-f]{32}$'`.execute(
    admin,
  );
  expect(new Set(terms.rows.map(({ term }) => term))).toEqual(right);
  const held = await sql<{ raw: Record<string, string>; numbers: Buffer[] }>`select raw, numbers from customers.quarantine`.execute(admin);
  for (const { raw, numbers } of held.rows) {
    const own = Object.values(raw).filter((text) => /^[A-Za-z0-9 /-]{5,}$/.test(text) && /\d/.test(text));
    for (const text of own) expect(numbers).toContainEqual(blind(text));
    expect(numbers.length).toBeLessThanOrEqual(own.length);
  }
  const images = await sql<{ kept: number }>`
    select count(*)::int as kept from customers.load_change where kind = 'identifier' and before -> 'row' ?| array['blind', 'blind_next']`.execute(
    admin,
  );
  expect(images.rows[0]?.kept).toBe(0);
}
