import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";
import { Refusal } from "../config/index.ts";

export interface Migration {
  readonly name: string;
  readonly sha256: string;
  readonly text: string;
}

const MIGRATIONS_FOLDER = fileURLToPath(new URL("../../../db/migrations/", import.meta.url));
const NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
// A file whose first line says so runs as the administrator: only for what vinculo_owner cannot do.
const AS_ADMIN = /^-- run as administrator\b/;

/** The migration files in order. Two with one number, or a name out of pattern, is a mistake of the build. */
export function readMigrations(folder: string = MIGRATIONS_FOLDER): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".sql"))
    .sort();
  const odd = names.find((name) => !NAME.test(name));
  if (odd !== undefined) throw new Error(`the migration ${odd} is not named NNNN_name.sql`);
  const twice = names.find((name, index) => name.slice(0, 4) === names[index + 1]?.slice(0, 4));
  if (twice !== undefined) throw new Error(`two migrations have the number ${twice.slice(0, 4)}`);
  return names.map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return { name, text, sha256: createHash("sha256").update(text).digest("hex") };
  });
}

/**
 * Applies the migrations the database lacks, each in one transaction with its record, and answers with their names. One process at a time;
 * the others wait. Refuses a database that is newer than this program, or whose applied migrations differ from its files.
 */
export async function migrate(
  admin: pg.ClientBase,
  migrations: readonly Migration[] = readMigrations(),
  notice: (text: string) => void = () => undefined,
): Promise<string[]> {
  await admin.query("select pg_advisory_lock(hashtextextended('vinculo migrate', 0))");
  try {
    const { rows } = await admin.query<{ name: string; sha256: string }>("select name, sha256 from platform.migration order by name");
    const missing = missingMigrations(rows, migrations);
    for (const migration of missing) {
      notice(`migration ${migration.name}`);
      await apply(admin, migration);
    }
    return missing.map((migration) => migration.name);
  } finally {
    await admin.query("select pg_advisory_unlock(hashtextextended('vinculo migrate', 0))").catch(() => undefined);
  }
}

/** Which migrations are to be applied, given those the database has; a Refusal when the two do not fit. */
export function missingMigrations(applied: readonly { name: string; sha256: string }[], known: readonly Migration[]): Migration[] {
  const recorded = new Map(applied.map((row) => [row.name, row.sha256]));
  const unknown = applied.find((row) => !known.some((migration) => migration.name === row.name));
  if (unknown !== undefined) {
    throw new Refusal(`The database is newer than this Vinculo (it has ${unknown.name}): start the version that wrote it, or a later one.`);
  }
  const changed = known.find((migration) => recorded.has(migration.name) && recorded.get(migration.name) !== migration.sha256);
  if (changed !== undefined) {
    throw new Refusal(
      `The migration ${changed.name} was applied with other content than this Vinculo has: install an unchanged release, or use another database.`,
    );
  }
  const missing = known.filter((migration) => !recorded.has(migration.name));
  const last = applied.at(-1)?.name ?? "";
  const late = missing.find((migration) => migration.name < last);
  if (late !== undefined)
    throw new Refusal(
      `The migration ${late.name} comes before ${last}, which the database has already: this is not a release of Vinculo in order.`,
    );
  return missing;
}

async function apply(admin: pg.ClientBase, { name, sha256, text }: Migration): Promise<void> {
  await admin.query("begin");
  try {
    await admin.query("set local lock_timeout = '30s'");
    if (!AS_ADMIN.test(text)) await admin.query("set local role vinculo_owner");
    await admin.query(text);
    await admin.query("insert into platform.migration (name, sha256) values ($1, $2)", [name, sha256]);
    await admin.query("commit");
  } catch (error) {
    await admin.query("rollback").catch(() => undefined);
    throw new Error(`migration ${name} failed${whereIn(text, error)}: ${(error as Error).message}`, { cause: error });
  }
}

function whereIn(text: string, error: unknown): string {
  const position = Number((error as { position?: string }).position);
  return Number.isInteger(position) && position > 0 ? ` at line ${text.slice(0, position).split("\n").length}` : "";
}
