import { randomBytes } from "node:crypto";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { type Db, openDb } from "../../server/platform/db/db.ts";
import type { Database } from "../../server/platform/db/index.ts";
import { admission } from "../../server/platform/db/roles.ts";
import { valueTypes } from "../../server/platform/db/values.ts";
import { openFileProvider, openKeyRing, setKeyRing } from "../../server/platform/encryption/index.ts";
import { ended } from "./ended.ts";
import type { Template } from "./template.ts";

/** A database of one's own, as migrated as the template. */
export interface Clone {
  readonly db: Db;
  /** The administrator, past row-level security: to arrange data and to look at what happened. Commits. */
  readonly admin: Kysely<Database>;
  readonly adminUrl: string;
  /** Ends all connections and drops the database. Fails when somebody kept one, with what that one was at: waiting for it would hang the whole run. */
  drop(): Promise<void>;
}

const POOL_MAX = { app: 6, worker: 4, admin: 3 } as const;

export async function cloneTemplate(template: Template): Promise<Clone> {
  setKeyRing(openKeyRing(openFileProvider(template.masterKeyFile, false)));
  const name = `test_${randomBytes(8).toString("hex")}`;
  const url = (login: string, password: string) =>
    withPart(template.adminUrl, (to) => Object.assign(to, { username: login, password, pathname: name }));
  const adminUrl = withPart(template.adminUrl, (to) => Object.assign(to, { pathname: name }));
  // Copied as files: written through the log, as is the default, takes five times the work.
  await run(template.adminUrl, `create database ${name} template ${template.database} strategy file_copy`);
  await run(adminUrl, admission);
  const db = openDb({
    logins: {
      app: url("vinculo_app", template.passwords.app),
      worker: url("vinculo_worker", template.passwords.worker),
      sealer: url("vinculo_sealer", template.passwords.sealer),
    },
    contextKey: Buffer.from(template.contextKeyHex, "hex"),
    connectionsMax: POOL_MAX,
    onError: () => undefined,
  });
  const adminPool = new pg.Pool({ connectionString: adminUrl, max: POOL_MAX.admin, types: valueTypes });
  adminPool.on("error", () => undefined);
  const admin = new Kysely<Database>({ dialect: new PostgresDialect({ pool: adminPool }) });
  return {
    db,
    admin,
    adminUrl,
    async drop() {
      try {
        await ended("the use of a database", Promise.all([db.close(), adminPool.end()]));
      } catch (cause) {
        const kept = await run(
          template.adminUrl,
          `select state, left(query, 300) as query from pg_stat_activity where datname = '${name}'`,
        );
        throw new Error(`connections were kept: ${kept.map(({ state, query }) => `${state}: ${query}`).join("; ")}`, { cause });
      } finally {
        await run(template.adminUrl, `drop database if exists ${name} with (force)`);
      }
    },
  };
}

function withPart(address: string, change: (url: URL) => void): string {
  const url = new URL(address);
  change(url);
  return url.href;
}

async function run(url: string, text: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(text)).rows;
  } finally {
    await client.end();
  }
}
