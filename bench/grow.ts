import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { Config } from "../server/platform/config/index.ts";
import { adminUrl } from "../server/platform/db/embedded/running.ts";
import { readPasswords } from "../server/platform/db/login-keys.ts";

// Ids of the model; everything else that is a uuid (branch, portfolio, who decided) stays as it is.
const ownIds = new Set(
  "customer_id party_id row_id link_id contact_point_id identifier_id holding_id transaction_id balance_id role_id owner_party_id attached_to".split(
    " ",
  ),
);
const tables = [
  "party",
  "customer",
  "search_entry",
  "holding",
  "source_record",
  "identity_link",
  "contact_point",
  "identifier",
  "holding_role",
  "balance",
  "transaction",
  "transaction_key",
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

/**
 * Makes the bank of a home `copies` times as large by writing every row again under further ids and numbers: measuring reads over a million
 * customers then needs no import of a million. Names are shared among the copies, so the common ones are as common as in a bank of that size.
 */
export async function grow(config: Config, copies: number, notice: (text: string) => void): Promise<void> {
  if (!(copies > 1 && copies <= COPIES_MAX)) throw new RangeError(`copies must be from 2 to ${COPIES_MAX}`);
  const admin = await connectAdmin(config);
  try {
    // References hold in each copy because they hold in the first; the search index is built once instead of grown.
    await admin.query("set session_replication_role = replica; set maintenance_work_mem = '1GB'; set synchronous_commit = off");
    await admin.query("drop index if exists customers.search_entry_terms");
    for (const table of tables) {
      notice(`growing ${table}`);
      const columns = await columnsOf(admin, table);
      const first = columns.includes("customer_id") && !columns.includes("party_id") ? "customer_id" : "party_id";
      for (let copy = 1; copy < copies; copy += 1) {
        const values = columns.map((column) => valueFor(column, copy)).join(", ");
        await admin.query(
          `insert into customers.${table} (${columns.join(", ")}) select ${values} from customers.${table} where ${first} < '02000000-0000-0000-0000-000000000000'`,
        );
      }
    }
    notice("building the search index");
    await admin.query("create index search_entry_terms on customers.search_entry using gin (terms) with (fastupdate = off)");
    notice("vacuum analyze");
    await admin.query(`vacuum analyze ${tables.map((table) => `customers.${table}`).join(", ")}`);
  } finally {
    await admin.end();
  }
}

async function columnsOf(admin: pg.Client, table: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`,
    [`customers.${table}`],
  );
  return rows.map(({ name }) => name);
}

/** Numbers a customer is found by differ in every copy, from their beginning on; names and scope stay. */
function valueFor(column: string, copy: number): string {
  if (ownIds.has(column)) {
    const prefix = (copy + 1).toString(16).padStart(2, "0");
    return `('${prefix}' || substr(${column}::text, 3))::uuid`;
  }
  if (column === "customer_no") return `'C-' || (${copy} * 10000000 + substr(customer_no, 3)::bigint)`;
  if (column === "source_key") return `source_key || '~${copy}'`;
  if (column === "terms")
    return `(select array_to_tsvector(array_agg(distinct case when t ~ '^([apik].*[0-9]{4}|e.*@)' then left(t, 1) || '${copy}.' || substr(t, 2)
      when t ~ '^n[0-9]+$' then 'n' || (${copy} * 10000000 + substr(t, 2)::bigint) else t end)) from unnest(tsvector_to_array(terms)) t)`;
  return column;
}
