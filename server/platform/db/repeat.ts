import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type pg from "pg";

const FOLDER = fileURLToPath(new URL("../../../db/repeatable/", import.meta.url));

export interface Repeatable {
  readonly name: string;
  readonly text: string;
}

/** The files of db/repeatable, in order of their names. */
export function readRepeatables(folder: string = FOLDER): Repeatable[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return names.sort().map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

/**
 * After the migrations: what follows from code (the columns of the fact catalogue) is applied again whenever its text changed, as vinculo_owner, each
 * file in one transaction with its record. The files are written so that doing it twice changes nothing more. Answers with the names applied.
 */
export async function repeat(admin: pg.ClientBase, files: readonly Repeatable[] = readRepeatables()): Promise<string[]> {
  await admin.query("select pg_advisory_lock(hashtextextended('vinculo migrate', 0))");
  try {
    const { rows } = await admin.query<{ name: string; sha256: string }>("select name, sha256 from platform.repeatable");
    const applied = new Map(rows.map(({ name, sha256 }) => [name, sha256]));
    const due = files
      .map((file) => ({ ...file, sha256: createHash("sha256").update(file.text).digest("hex") }))
      .filter(({ name, sha256 }) => applied.get(name) !== sha256);
    for (const file of due) await apply(admin, file);
    return due.map(({ name }) => name);
  } finally {
    await admin.query("select pg_advisory_unlock(hashtextextended('vinculo migrate', 0))").catch(() => undefined);
  }
}

async function apply(admin: pg.ClientBase, { name, text, sha256 }: Repeatable & { sha256: string }): Promise<void> {
  await admin.query("begin");
  try {
    await admin.query("set local lock_timeout = '30s'");
    await admin.query("set local role vinculo_owner");
    await admin.query(text);
    await admin.query(
      "insert into platform.repeatable (name, sha256) values ($1, $2) on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()",
      [name, sha256],
    );
    await admin.query("commit");
  } catch (error) {
    await admin.query("rollback").catch(() => undefined);
    throw new Error(`${name} could not be applied: ${(error as Error).message}`, { cause: error });
  }
}
