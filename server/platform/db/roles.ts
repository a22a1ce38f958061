import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { Refusal } from "../config/index.ts";
import { sqlState } from "./database-error.ts";
import type { Passwords } from "./login-keys.ts";
import { EXTENSIONS } from "./requirements.ts";

/** The cluster-wide roles. Several databases of one server share them, so each is made only when missing. */
const roles = {
  vinculo_owner: "nologin", // owns schemas and tables; migrations become it
  vinculo_app: "login", // requests
  vinculo_worker: "login", // jobs and imports; owns schema staging
  vinculo_search: "nologin", // owns the definer functions of search
  vinculo_audit: "nologin", // owns the definer functions that find in the audit trail
  vinculo_sealer: "login", // reads the audit trail and writes its seals, nothing else
  vinculo_backup: "login", // reads what migrations grant it, past row-level security, for pg_dump
} as const;
type RoleName = keyof typeof roles;

const TRIES_MAX = 5;
const RETRY_DELAY_MAX_MS = 300;

/**
 * Makes the roles, the extensions and the schemas everything else stands on, in the database `admin` is connected to. Repeatable.
 * The admin login need not be superuser: CREATEROLE and the right to create in the database do.
 */
export async function prepareDatabase(admin: pg.ClientBase, passwords: Passwords): Promise<void> {
  await admin.query("select pg_advisory_lock(hashtextextended('vinculo prepare', 0))");
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await prepareOnce(admin, passwords);
      } catch (error) {
        if (attempt >= TRIES_MAX || !isRace(error)) throw error;
        await wait(Math.random() * RETRY_DELAY_MAX_MS);
      }
    }
  } finally {
    await admin.query("select pg_advisory_unlock(hashtextextended('vinculo prepare', 0))").catch(() => undefined);
  }
}

async function prepareOnce(admin: pg.ClientBase, passwords: Passwords): Promise<void> {
  for (const [name, login] of Object.entries(roles)) await createRole(admin, name as RoleName, login);
  await grantMemberships(admin);
  for (const name of ["app", "worker", "sealer", "backup"] as const) await keepPassword(admin, `vinculo_${name}`, passwords[name]);
  await admin.query(schemas);
}

// The lock is one of this database only, and roles belong to the whole server: another database may be prepared at the same moment.
function isRace(error: unknown): boolean {
  const state = sqlState(error) ?? "";
  return ["23505", "42710", "40001"].includes(state) || (state === "XX000" && /concurrently updated/.test((error as Error).message));
}

async function createRole(admin: pg.ClientBase, name: RoleName, login: string): Promise<void> {
  const { rows } = await admin.query("select from pg_roles where rolname = $1", [name]);
  if (rows.length > 0) return;
  const safely = `create role ${name} ${login} noinherit nosuperuser nocreatedb nocreaterole noreplication`;
  try {
    await admin.query(`${safely} ${name === "vinculo_backup" ? "bypassrls" : "nobypassrls"}`);
  } catch (error) {
    if (sqlState(error) !== "42501") throw error;
    // Managed servers let nobody give BYPASSRLS. Such a backup fails loudly on protected tables; the server's own backup takes its place.
    if (name === "vinculo_backup") return void (await admin.query(`${safely} nobypassrls`).catch(refuseRoles));
    refuseRoles(error);
  }
}

function refuseRoles(error: unknown): never {
  throw new Refusal(
    "The login of DATABASE_URL may not create roles: give it CREATEROLE, or let an administrator run vinculo migrate once.",
    error,
  );
}

/** Migrations become vinculo_owner, and hand functions and schemas to the other roles; nobody inherits anything silently. */
async function grantMemberships(admin: pg.ClientBase): Promise<void> {
  const { rows } = await admin.query<{ superuser: boolean; login: string }>(
    "select rolsuper as superuser, quote_ident(rolname) as login from pg_roles where rolname = current_user",
  );
  if (rows[0]?.superuser !== true) {
    for (const name of Object.keys(roles))
      await admin.query(`grant ${name} to ${rows[0]?.login} with inherit true, set true`).catch(refuseRoles);
  }
  for (const name of ["vinculo_worker", "vinculo_search", "vinculo_audit"])
    await admin.query(`grant ${name} to vinculo_owner with inherit false, set true`);
}

/** Gives the login our password unless it opens with it already: a new key file, or a server prepared by another home. */
async function keepPassword(admin: pg.ClientBase, login: string, password: string): Promise<void> {
  const { host, port, database } = admin as unknown as { host: string; port: number; database: string };
  const probe = new pg.Client({ host, port, database, user: login, password, connectionTimeoutMillis: 5_000 });
  probe.on("error", () => undefined);
  try {
    await probe.connect();
  } catch (error) {
    const state = sqlState(error);
    // 42501: the password fits, but this database does not admit the login yet.
    if (state !== "42501") await admin.query(`alter role ${login} password ${pg.escapeLiteral(password)}`);
  } finally {
    await probe.end().catch(() => undefined);
  }
}

/** Who may enter a database. Not copied with a template, so a cloned database runs it again. */
export const admission = `
  do $$ begin
    execute format('grant create, connect, temporary on database %I to vinculo_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to vinculo_app, vinculo_sealer, vinculo_backup', current_database());
    execute format('grant connect, temporary on database %I to vinculo_worker', current_database());
  end $$;
`;

const schemas = `
  ${admission}
  revoke create on schema public from public;
  create schema if not exists platform authorization vinculo_owner;
  ${EXTENSIONS.map((name) => `create extension if not exists ${name} with schema platform;`).join("\n  ")}
  create schema if not exists staging authorization vinculo_worker;
  create table if not exists platform.migration (
    name text primary key,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    applied_at timestamptz not null default now()
  );
  alter table platform.migration owner to vinculo_owner;
  grant usage on schema platform to vinculo_app, vinculo_worker, vinculo_backup;
  grant select on platform.migration to vinculo_app, vinculo_worker, vinculo_backup;
`;
