import type pg from "pg";
import { Refusal } from "../config/index.ts";

const VERSION_MIN = 180_000;
export const EXTENSIONS = ["pgcrypto", "pg_trgm", "btree_gin"] as const;

/** A context is signed for two minutes (context.ts): half of it may go on clocks that differ. */
const CLOCK_DIFFERS_MS_MAX = 60_000;

/** Refuses, in one sentence each, a server Vinculo cannot work on. `admin` is connected to Vinculo's database. */
export async function checkServer(admin: pg.ClientBase, nowMs: () => number = Date.now): Promise<void> {
  const { rows } = await admin.query<{
    version: number;
    version_text: string;
    encoding: string;
    knows_letters: boolean;
    icu: boolean;
    may_create: boolean;
    name: string;
    now_ms: number;
  }>(`
    select current_setting('server_version_num')::int as version, current_setting('server_version') as version_text,
      current_setting('server_encoding') as encoding, lower('Ä') = 'ä' as knows_letters, current_database() as name,
      (extract(epoch from clock_timestamp()) * 1000)::float as now_ms,
      exists (select from pg_collation where collprovider = 'i') as icu,
      has_database_privilege(current_database(), 'create') as may_create`);
  const found = rows[0];
  if (found === undefined) throw new Error("the server did not describe itself");
  if (found.version < VERSION_MIN)
    throw new Refusal(
      `The server of DATABASE_URL is PostgreSQL ${found.version_text}, and Vinculo needs 18 or later: upgrade it, or unset DATABASE_URL to use the embedded one.`,
    );
  if (found.encoding !== "UTF8") {
    throw new Refusal(
      `The database ${found.name} is encoded in ${found.encoding}: make one with create database ... encoding 'UTF8' template template0 and name it in DATABASE_URL.`,
    );
  }
  if (!found.knows_letters) {
    throw new Refusal(
      `The database ${found.name} does not know letters beyond English: make one with create database ... locale_provider builtin builtin_locale 'C.UTF-8' lc_ctype 'C.UTF-8' lc_collate 'C' template template0.`,
    );
  }
  if (!found.icu)
    throw new Refusal("The server of DATABASE_URL was built without ICU, which sorting in five languages needs: use a build with ICU.");
  if (!found.may_create)
    throw new Refusal(
      `The login of DATABASE_URL may not create schemas in ${found.name}: run grant create on database ${found.name} to it, or use the owner's login.`,
    );
  const minutes = (nowMs() - found.now_ms) / 60_000;
  if (Math.abs(minutes) * 60_000 > CLOCK_DIFFERS_MS_MAX)
    throw new Refusal(
      `This machine's clock is ${Math.round(Math.abs(minutes))} minutes ${minutes > 0 ? "ahead of" : "behind"} the database's, and every request would be refused: set both by the same time service.`,
    );
  await checkExtensions(admin);
}

async function checkExtensions(admin: pg.ClientBase): Promise<void> {
  const { rows } = await admin.query<{ name: string }>("select name from pg_available_extensions where name = any($1)", [[...EXTENSIONS]]);
  const missing = EXTENSIONS.filter((name) => !rows.some((row) => row.name === name));
  if (missing.length > 0) {
    throw new Refusal(
      `The server of DATABASE_URL lacks the extension${missing.length > 1 ? "s" : ""} ${missing.join(", ")}: install PostgreSQL's contrib modules (package postgresql-contrib or like it).`,
    );
  }
}
