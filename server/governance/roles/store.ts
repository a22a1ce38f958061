import { sql, sqlState, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Permission } from "../permissions/contract.ts";
import { CONFLICTS_MAX, type Conflict, ROLES_MAX, type Role } from "./contract.ts";

/** What the triggers of duties say, in words of ours. */
const reasonOfState: Readonly<Record<string, string>> = {
  VS001: "duties_conflict",
  VS002: "system_role",
  VS003: "role_retired",
  VS004: "not_passed_on",
  VS005: "built_in_role",
};

/** Runs a write and names what a trigger refused: invalid_state with detail.reason. */
export async function refusing<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    const reason = reasonOfState[sqlState(error) ?? ""];
    throw reason === undefined ? error : new DomainError("invalid_state", `refused: ${reason}`, { cause: error, detail: { reason } });
  });
}

/** Those in use first. The role of the command line is not among them. */
export async function listRoles(tx: Tx): Promise<Role[]> {
  const { rows } = await sql<Role>`
    select r.role_id as "roleId", r.name, r.note, array(select p from unnest(r.permissions) p order by p) as permissions, r.built_in as "builtIn",
      r.permissions && governance.ruling_permissions() as ruling, r.retired_at is not null as retired, r.version,
      (select count(distinct a.user_id) from governance.role_assignment a join governance.app_user u using (user_id) where a.role_id = r.role_id and u.active)::int as holders
    from governance.role r where not r.system order by retired, not r.built_in, r.name nulls first, r.role_id limit ${ROLES_MAX}`.execute(
    tx,
  );
  return rows;
}

export interface RoleRow {
  readonly roleId: string;
  readonly name: string | null;
  readonly permissions: readonly Permission[];
  readonly duties: readonly string[];
  readonly builtIn: boolean;
  readonly system: boolean;
  readonly retired: boolean;
  readonly version: number;
}

export async function findRole(tx: Tx, roleId: string): Promise<RoleRow | null> {
  const { rows } = await sql<RoleRow>`
    select role_id as "roleId", name, permissions, duties, built_in as "builtIn", system, retired_at is not null as retired, version
    from governance.role where role_id = ${roleId}`.execute(tx);
  return rows[0] ?? null;
}

export interface NewRole {
  readonly roleId: string;
  readonly name: string;
  readonly note: string;
  readonly permissions: readonly Permission[];
}

export async function insertRole(tx: Tx, role: NewRole): Promise<void> {
  await sql`insert into governance.role (role_id, name, note, permissions, built_in)
    values (${role.roleId}, ${role.name}, ${role.note}, ${role.permissions}::text[], false)`.execute(tx);
}

export interface RoleChange {
  readonly name?: string | undefined;
  readonly note?: string | undefined;
  readonly permissions?: readonly Permission[] | undefined;
  readonly retiredAt?: Date;
}

/** false when it has another version by now. */
export async function saveRole(tx: Tx, roleId: string, version: number, change: RoleChange): Promise<boolean> {
  const { rows } = await refusing(
    sql`update governance.role set version = version + 1, name = coalesce(${change.name ?? null}, name), note = coalesce(${change.note ?? null}, note),
        permissions = coalesce(${change.permissions ?? null}::text[], permissions), retired_at = coalesce(${change.retiredAt ?? null}, retired_at)
      where role_id = ${roleId} and version = ${version} returning role_id`.execute(tx),
  );
  return rows.length === 1;
}

/** People whose grants or deputyships carry the role. */
export async function listHolders(tx: Tx, roleId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select user_id as id from governance.role_assignment where role_id = ${roleId}
    union select to_user_id from governance.delegation where ${roleId} = any (role_ids) and revoked_at is null limit 10000`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function listConflicts(tx: Tx): Promise<Conflict[]> {
  const { rows } = await sql<Conflict>`
    select duty_a as "dutyA", duty_b as "dutyB", reason, built_in as "builtIn" from governance.sod_conflict order by duty_a, duty_b limit ${CONFLICTS_MAX}`.execute(
    tx,
  );
  return rows;
}

/** Conflicts within one set of duties: a role that would be refused to everybody. */
export async function conflictsWithin(tx: Tx, duties: readonly string[]): Promise<Conflict[]> {
  const { rows } = await sql<Conflict>`
    select duty_a as "dutyA", duty_b as "dutyB", reason, built_in as "builtIn" from governance.sod_conflict
    where duty_a = any (${duties}::text[]) and duty_b = any (${duties}::text[]) order by 1, 2 limit 20`.execute(tx);
  return rows;
}

/** false when they are kept apart already. */
export async function insertConflict(tx: Tx, conflict: Omit<Conflict, "builtIn">): Promise<boolean> {
  const { rows } = await sql`
    insert into governance.sod_conflict (duty_a, duty_b, reason) values (${conflict.dutyA}, ${conflict.dutyB}, ${conflict.reason})
    on conflict do nothing returning duty_a`.execute(tx);
  return rows.length === 1;
}

export async function deleteConflict(tx: Tx, dutyA: string, dutyB: string): Promise<boolean> {
  const { rows } = await sql`
    delete from governance.sod_conflict where duty_a = ${dutyA} and duty_b = ${dutyB} and not built_in returning duty_a`.execute(tx);
  return rows.length === 1;
}

/** People who claim both duties today: what they hold by them is nothing. */
export async function countInConflict(tx: Tx, dutyA: string, dutyB: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select governance.count_in_conflict(${dutyA}, ${dutyB}) as count`.execute(tx);
  return rows[0]?.count ?? 0;
}
