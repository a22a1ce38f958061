import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Config } from "../server/platform/config/index.ts";
import { adminUrl } from "../server/platform/db/embedded/running.ts";
import { readPasswords } from "../server/platform/db/login-keys.ts";

// Ids of the model; everything else that is a uuid (branch, portfolio, who decided) stays as it is.
const ownIds = new Set(
  "customer_id party_id row_id link_id contact_point_id identifier_id holding_id transaction_id balance_id role_id owner_party_id attached_to consent_id decision_id".split(
    " ",
  ),
);
const inSchema = (schema: string, names: string) => names.split(" ").map((name) => `${schema}.${name}`);
const found = inSchema("customers", "customer search_entry");
const known = [
  ...found,
  ...inSchema(
    "customers",
    "party holding source_record identity_link contact_point identifier holding_role balance transaction transaction_key",
  ),
];
const computed = [
  ...known,
  "customers.consent",
  ...inSchema("intelligence", "party_month holding_month holding_profit customer_fact customer_value customer_tier customer_score"),
  ...inSchema("intelligence", "credit_exposure credit_rating credit_rating_month market_position offer_decision segment_member"),
];
const COPIES_MAX = 200; // the first two hexadecimal digits of an id tell the copies apart

/** Administrator of the running embedded server of a home. */
export async function connectAdmin(config: Config, database = "vinculo"): Promise<pg.Client> {
  const memory = join(config.home, "postgres.json");
  if (!existsSync(memory)) throw new Error(`no database runs for ${config.home}`);
  const { port } = JSON.parse(readFileSync(memory, "utf8")) as { port: number };
  const admin = new pg.Client({ connectionString: adminUrl(port, readPasswords(config.home).admin, database) });
  await admin.connect();
  return admin;
}

/** What is grown: everything sources told, that and what is computed of customers, or only what searches and lists read, which is a tenth of it. */
export type Growth = "whole" | "computed" | "lists";
const tablesOf: Readonly<Record<Growth, readonly string[]>> = { whole: known, computed, lists: found };
/** Of copies of what is computed only every tenth has its transactions: months are counted from them for who changed, and nobody else changes. */
const COPIES_A_BOOKED = 10;
const booked = inSchema("customers", "transaction transaction_key");

/**
 * Makes the bank of a home `copies` times as large by writing every row again under further ids and numbers: measuring reads over a million
 * customers then needs no import of a million. Names are shared among the copies, so the common ones are as common as in a bank of that size.
 * Sealed numbers are bound to their row: those of copies do not open, and nothing that is measured on such a bank opens them.
 */
export async function grow(config: Config, copies: number, what: Growth, notice: (text: string) => void): Promise<void> {
  if (!(copies > 1 && copies <= COPIES_MAX)) throw new RangeError(`copies must be from 2 to ${COPIES_MAX}`);
  const admin = await connectAdmin(config);
  const grown = tablesOf[what];
  try {
    // References hold in each copy because they hold in the first. Keys and indexes are built once, sorted, instead of grown row by row.
    await admin.query("set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off");
    const built = await definitionsOf(admin, grown);
    await run(admin, built.drops);
    for (const table of grown) {
      notice(`growing ${table}`);
      const columns = await columnsOf(admin, table);
      await admin.query(
        `insert into ${table} (${columns.join(", ")}) select ${columns.map(valueFor).join(", ")}
         from generate_series(1, ${copies - 1}, ${what === "computed" && booked.includes(table) ? COPIES_A_BOOKED : 1}) as copy, ${table} t`,
      );
    }
    notice("building keys and indexes");
    await run(admin, built.creates);
    notice("vacuum analyze");
    await admin.query(`vacuum analyze ${grown.join(", ")}`);
  } finally {
    await admin.end();
  }
}

async function run(admin: pg.Client, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await admin.query(statement);
}

/** Statements that take the keys and indexes of the tables away, references first, and that put them back, references last. */
async function definitionsOf(admin: pg.Client, grown: readonly string[]): Promise<{ drops: string[]; creates: string[] }> {
  const keys = await admin.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as "table", quote_ident(conname) as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype in ('p', 'u', 'f') and conparentid = 0 and (conrelid = any ($1::regclass[]) or confrelid = any ($1::regclass[]))
     order by contype = 'f', conname`,
    [grown],
  );
  const indexes = await admin.query<{ name: string; definition: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
     from pg_index i join pg_class c on c.oid = i.indexrelid
     where (i.indrelid = any ($1::regclass[]) or i.indrelid in (select inhrelid from pg_inherits where inhparent = any ($1::regclass[])))
       and not c.relispartition and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u'))`,
    [grown],
  );
  // A function that names an index (customers.settle_search) goes with it.
  const functions = await admin.query<{ definition: string }>(
    `select pg_get_functiondef(objid) as definition from pg_depend
     where classid = 'pg_proc'::regclass and refclassid = 'pg_class'::regclass and refobjid = any ($1::regclass[])`,
    [indexes.rows.map(({ name }) => name)],
  );
  const dropKeys = keys.rows.map(({ table, name }) => `alter table ${table} drop constraint ${name}`);
  return {
    drops: [...dropKeys.reverse(), ...indexes.rows.map(({ name }) => `drop index ${name} cascade`)],
    creates: [
      ...indexes.rows.map(({ definition }) => definition),
      ...functions.rows.map(({ definition }) => definition),
      ...keys.rows.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`),
    ],
  };
}

async function columnsOf(admin: pg.Client, table: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [table],
  );
  return rows.map(({ name }) => name);
}

/** Numbers a customer is found by differ in every copy, from their beginning on; names and scope stay. */
function valueFor(column: string): string {
  if (ownIds.has(column)) return `(lpad(to_hex(copy + 1), 2, '0') || substr(t.${column}::text, 3))::uuid`;
  if (column === "customer_no") return "'C-' || (copy::bigint * 10000000 + substr(t.customer_no, 3)::bigint)";
  if (column === "source_key") return "t.source_key || '~' || copy";
  if (column === "terms")
    return `(select array_to_tsvector(array_agg(distinct case when w ~ '^([apik].*[0-9]{4}|e.*@)' then left(w, 1) || copy || '.' || substr(w, 2)
      when w ~ '^n[0-9]+$' then 'n' || (copy::bigint * 10000000 + substr(w, 2)::bigint) else w end)) from unnest(tsvector_to_array(t.terms)) w)`;
  return `t.${column}`;
}
