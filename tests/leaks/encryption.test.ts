import { execFile } from "node:child_process";
import { randomInt } from "node:crypto";
import { promisify } from "node:util";
import { describe, expect } from "vitest";
import { indexIdentifiers, openIdentifiers } from "../../server/customers/identifiers/index.ts";
import { loadDelivery } from "../../server/customers/intake/load-delivery.ts";
import { openDelivery } from "../../server/customers/intake/open-delivery.ts";
import { reverseLoad } from "../../server/customers/intake/reverse-load.ts";
import { operatorCaller } from "../../server/governance/access/index.ts";
import { carryOutRotation, orderRotationAtOnce } from "../../server/governance/encryption/index.ts";
import { sealedColumns } from "../../server/main/sealed-columns.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../server/platform/db/index.ts";
import { test } from "../support/database.ts";
import { bankMapping, clientsHeader, delivered, nif } from "../support/delivery.ts";

/** Nobody else's in this cluster: 10^8 numbers to draw from. */
const number = nif(randomInt(10_000_000, 99_999_999));
const line = (id: string, value: string, name = "Zoe Zapatero") => `${id},${name},1980-02-03,,600 123 456,${value}`;
const asWorker = async <T>(db: Db, work: (tx: Tx) => Promise<T>) => inTransaction(db, await operatorCaller(db), work, { role: "worker" });

async function load(db: Db, source: string, lines: readonly string[]) {
  const delivery = await openDelivery(bankMapping(source), delivered({ "clients.csv": [clientsHeader, ...lines] }));
  return loadDelivery({ db, caller: await operatorCaller(db), delivery });
}

/** Files of the cluster, its log among them, in which the text stands. */
async function filesWith(admin: Tx | Db["app"], text: string): Promise<string[]> {
  await sql`checkpoint`.execute(admin);
  const { rows } = await sql<{ folder: string; name: string }>`
    select current_setting('data_directory') as folder, oid::text as name from pg_database where datname = current_database()`.execute(
    admin,
  );
  const { folder = "", name = "" } = rows[0] ?? {};
  const places = [`${folder}/base/${name}`, `${folder}/pg_wal`, `${folder}/global`, `${folder}/../log`];
  const { stdout } = await promisify(execFile)("grep", ["-rlaF", text, ...places], { maxBuffer: 2 ** 24 }).catch(
    (error: { code?: number; stdout?: string }) => ({ stdout: error.code === 1 || error.code === 2 ? (error.stdout ?? "") : "" }),
  );
  return stdout.split("\n").filter((file) => file !== "");
}

describe("the number of an identity document", () => {
  test("stands in no file of the database, neither in a table, an index, nor the log, and is found and opened all the same", async ({
    db,
    admin,
  }) => {
    await load(db, "one", [line("1", number)]);
    await load(db, "two", [line("a", number.toLowerCase())]);
    await load(db, "one", [line("1", number, "Zoe Zapatera")]);
    expect(await filesWith(admin, number)).toEqual([]);
    expect(await filesWith(admin, number.toLowerCase())).toEqual([]);
    // Two sources that know one number know one customer.
    const { rows } = await sql<{ customers: number; ids: string[]; sealed: Buffer[]; terms: number }>`
      select count(distinct p.customer_id)::int as customers, array_agg(i.identifier_id) as ids, array_agg(i.sealed_value) as sealed,
        (select count(*)::int from customers.search_entry s where s.terms @@ ('i' || encode(min(i.blind), 'hex'))::tsquery) as terms
      from customers.identifier i join customers.party p using (party_id) where i.last4 = ${number.slice(-4)}`.execute(admin);
    expect(rows[0]).toMatchObject({ customers: 1, terms: 1 });
    const { open } = await asWorker(db, openIdentifiers);
    expect(rows[0]?.ids.map((id, at) => open(id, rows[0]?.sealed[at] as Buffer))).toEqual([number, number]);
    // The looking itself: written in the clear it is found.
    await sql`insert into platform.setting (name, value) values ('leak', ${JSON.stringify(number)}::jsonb)`.execute(admin);
    expect(await filesWith(admin, number)).not.toEqual([]);
  });

  test("a record that changes keeps its row, and its number opens there; a reversal gives back what was", async ({ db, admin }) => {
    const [before, after] = [nif(41_111_111), nif(42_222_222)];
    await load(db, "three", [line("9", before)]);
    const changed = await load(db, "three", [line("9", after)]);
    const numbers = async () => {
      const { rows } = await sql<{ id: string; sealed: Buffer }>`
        select i.identifier_id as id, i.sealed_value as sealed from customers.identifier i join customers.source s using (source_id) where s.code = 'three'`.execute(
        admin,
      );
      const { open } = await asWorker(db, openIdentifiers);
      return rows.map(({ id, sealed }) => open(id, sealed));
    };
    expect(await numbers()).toEqual([after]);
    const operator = await operatorCaller(db);
    const rotationId = await asWorker(db, (tx) =>
      orderRotationAtOnce(tx, operator, systemClock, sealedColumns, { column: "customers.identifier.sealed_value", part: "values" }),
    );
    await carryOutRotation(
      { db, caller: operator, clock: systemClock, columns: sealedColumns, signal: new AbortController().signal },
      rotationId,
    );
    expect(await numbers()).toEqual([after]);
    // What was sealed under the key of before the rotation is put back, and opens.
    await reverseLoad(db, operator, changed.loadId);
    expect(await numbers()).toEqual([before]);
    expect(await historyRows(admin)).toBe(2);
  });

  test("a row in quarantine says by blind indexes whose numbers it may hold", async ({ db, admin }) => {
    const spoilt = nif(43_333_333);
    await load(db, "four", [`5,Ana,1980-13-45,,600 123 456,${spoilt}`]);
    const { blind } = await asWorker(db, indexIdentifiers);
    const { rows } = await sql<{ hit: boolean }>`
      select bool_or(numbers @> array[${blind(spoilt)}::bytea]) as hit from customers.quarantine`.execute(admin);
    expect(rows[0]?.hit).toBe(true);
  });
});

/** Versions kept of the identifiers of source three: one for each change of the number, none for a new key. */
async function historyRows(admin: Db["app"]): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select count(*)::int as rows from customers.party_history h join customers.party p using (party_id) join customers.source s using (source_id)
    where h.kind = 'identifier' and s.code = 'three'`.execute(admin);
  return rows[0]?.rows ?? 0;
}
