import { createReadStream, createWriteStream, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { openBank } from "../server/main/open-bank.ts";
import type { Config } from "../server/platform/config/index.ts";
import { readPasswords } from "../server/platform/db/login-keys.ts";
import { migrate } from "../server/platform/db/migrate.ts";
import { prepareDatabase } from "../server/platform/db/roles.ts";
import { connectAdmin } from "./grow.ts";

const FLOOR_DATABASE = "vinculo_floor";
const CHUNK_BYTES = 1024 * 1024;

// What others refer to goes first; catalogues that migrations fill are left out.
const before = ["source", "contact_purpose", "place", "mapping", "load", "party", "holding"];
const leftOut = ["survivorship_rule", "source_trust", "quality_rule", "load_number"];

/** Writes every row that the loads left behind into empty tables with the same keys and indexes, by COPY on two connections; reading the rows out is not counted. */
export async function copyFloor(config: Config, notice: (text: string) => void): Promise<{ rows: number; seconds: number }> {
  const db = await openBank(config, { mode: "share" });
  const folder = join(config.home, "floor");
  mkdirSync(folder, { recursive: true });
  const connections: pg.Client[] = [];
  try {
    const source = await connectAdmin(config);
    connections.push(source);
    const tables = await tablesOf(source);
    notice("floor: reading the rows out");
    for (const { name, columns } of tables) {
      const out = source.query(copyTo(`copy (select ${columns} from customers.${name}) to stdout`));
      await pipeline(out, createWriteStream(join(folder, name), { highWaterMark: CHUNK_BYTES }));
    }
    await source.query(`drop database if exists ${FLOOR_DATABASE}`);
    await source.query(`create database ${FLOOR_DATABASE}`);
    const lanes = [await connectAdmin(config, FLOOR_DATABASE), await connectAdmin(config, FLOOR_DATABASE)];
    connections.push(...lanes);
    await makeTables(source, lanes[0] as pg.Client, config);
    // Some tables are born with a row.
    await lanes[0]?.query(`truncate ${tables.map(({ name }) => `customers.${name}`).join(", ")} cascade`);
    notice("floor: COPY into empty tables");
    await source.query("checkpoint");
    const startedMs = performance.now();
    const rows = await copyAll(lanes, folder, tables);
    return { rows, seconds: (performance.now() - startedMs) / 1000 };
  } finally {
    await Promise.all(connections.map((connection) => connection.end()));
    const admin = await connectAdmin(config);
    await admin.query(`drop database if exists ${FLOOR_DATABASE} with (force)`);
    await admin.end();
    rmSync(folder, { recursive: true, force: true });
    await db.close();
  }
}

interface Table {
  readonly name: string;
  readonly columns: string;
  readonly bytes: number;
}

async function tablesOf(source: pg.Client): Promise<Table[]> {
  const { rows } = await source.query<Table>(
    `select c.relname as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns,
       (select coalesce(sum(pg_total_relation_size(t.relid)), 0)::float8 from pg_partition_tree(c.oid) t) + pg_total_relation_size(c.oid)::float8 as bytes
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relnamespace = 'customers'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> all ($1)
     group by c.oid, c.relname order by bytes desc`,
    [leftOut],
  );
  return rows;
}

async function makeTables(source: pg.Client, admin: pg.Client, config: Config): Promise<void> {
  await prepareDatabase(admin, readPasswords(config.home));
  await migrate(admin);
  const { rows } = await source.query<{ day: string }>(
    "select distinct date_trunc('month', booked_on)::date::text as day from customers.transaction_key",
  );
  for (const { day } of rows) await admin.query("select customers.ensure_transaction_month($1)", [day]);
}

/** The referred tables one after the other, then the others, the largest first, on whichever connection is free. */
async function copyAll(lanes: readonly pg.Client[], folder: string, tables: readonly Table[]): Promise<number> {
  let rows = 0;
  const copy = async (lane: pg.Client, { name, columns }: Table) => {
    const into = lane.query(copyFrom(`copy customers.${name} (${columns}) from stdin`));
    await pipeline(createReadStream(join(folder, name), { highWaterMark: CHUNK_BYTES }), into);
    rows += into.rowCount;
  };
  const [first] = lanes;
  for (const name of before) {
    const table = tables.find((one) => one.name === name);
    if (table !== undefined && first !== undefined) await copy(first, table);
  }
  const queue = tables.filter(({ name }) => !before.includes(name));
  await Promise.all(
    lanes.map(async (lane) => {
      for (let table = queue.shift(); table !== undefined; table = queue.shift()) await copy(lane, table);
    }),
  );
  return rows;
}
