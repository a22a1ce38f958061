import { sql, type Tx } from "../../platform/db/index.ts";
import type { Conflict, Delegation, Grant } from "./contract.ts";
import { DELEGATIONS_MAX } from "./contract.ts";
import { refusing } from "./store.ts";

const GRANTS_MAX = 100;

/** All grants of a person, those that hold first. */
export async function listGrants(tx: Tx, userId: string, today: string): Promise<Grant[]> {
  const { rows } = await sql<Grant>`
    select a.role_id as "roleId", r.name as "roleName", a.unit_id as "unitId", o.name as "unitName", a.valid_from::text as "validFrom", a.valid_until::text as "validUntil", a.version,
      case when r.retired_at is not null then 'retired' when a.valid_until < ${today}::date then 'over' when a.valid_from > ${today}::date then 'later'
        when r.system or not exists (select from governance.conflicts_of(a.user_id, r.duties, ${today}::date, ${today}::date)) then 'holds' else 'conflict' end as state
    from governance.role_assignment a join governance.role r using (role_id) join governance.organisation_unit o using (unit_id)
    where a.user_id = ${userId} order by state, a.role_id, o.name limit ${GRANTS_MAX}`.execute(tx);
  return rows;
}

export interface GrantKey {
  readonly userId: string;
  readonly roleId: string;
  readonly unitId: string;
}

export interface Days {
  readonly validFrom: string;
  readonly validUntil: string | null;
}

export async function conflictsOf(
  tx: Tx,
  userId: string,
  duties: readonly string[],
  days: Days,
): Promise<(Conflict & { heldRoleId: string | null })[]> {
  const { rows } = await sql<Conflict & { heldRoleId: string | null }>`
    select duty_a as "dutyA", duty_b as "dutyB", reason, false as "builtIn", held_role_id as "heldRoleId"
    from governance.conflicts_of(${userId}, ${duties}::text[], ${days.validFrom}::date, ${days.validUntil}::date)`.execute(tx);
  return rows;
}

/** false when the person holds the role at this unit already: then its days are changed. */
export async function insertGrant(tx: Tx, key: GrantKey, days: Days, grantedBy: string): Promise<boolean> {
  const { rows } = await refusing(
    sql`insert into governance.role_assignment (user_id, role_id, unit_id, valid_from, valid_until, granted_by)
      values (${key.userId}, ${key.roleId}, ${key.unitId}, ${days.validFrom}, ${days.validUntil}, ${grantedBy})
      on conflict do nothing returning role_id`.execute(tx),
  );
  return rows.length === 1;
}

/** false when it is not there, or has another version by now. */
export async function saveGrant(tx: Tx, key: GrantKey, version: number, days: Days, grantedBy: string): Promise<boolean> {
  const { rows } = await refusing(
    sql`update governance.role_assignment set valid_from = ${days.validFrom}, valid_until = ${days.validUntil}, granted_by = ${grantedBy}, version = version + 1
      where user_id = ${key.userId} and role_id = ${key.roleId} and unit_id = ${key.unitId} and version = ${version} returning role_id`.execute(
      tx,
    ),
  );
  return rows.length === 1;
}

export async function deleteGrant(tx: Tx, key: GrantKey, version: number): Promise<boolean> {
  const { rows } = await sql`
    delete from governance.role_assignment
    where user_id = ${key.userId} and role_id = ${key.roleId} and unit_id = ${key.unitId} and version = ${version} returning role_id`.execute(
    tx,
  );
  return rows.length === 1;
}

export async function grantExists(tx: Tx, key: GrantKey): Promise<boolean> {
  const { rows } = await sql`
    select from governance.role_assignment where user_id = ${key.userId} and role_id = ${key.roleId} and unit_id = ${key.unitId}`.execute(
    tx,
  );
  return rows.length === 1;
}

/** Is there such an active person, and such an open unit? */
export async function knows(tx: Tx, what: { userId?: string; unitId?: string }): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select (${what.userId ?? null}::uuid is null or exists (select from governance.app_user where user_id = ${what.userId ?? null}::uuid and active and login <> 'operator'))
      and (${what.unitId ?? null}::uuid is null or exists (select from governance.organisation_unit where unit_id = ${what.unitId ?? null}::uuid and active)) as known`.execute(
    tx,
  );
  return rows[0]?.known === true;
}

export async function listDelegations(tx: Tx, userId: string | null, today: string): Promise<Delegation[]> {
  const { rows } = await sql<Delegation>`
    select d.delegation_id as "delegationId", d.from_user_id as "fromUserId", f.display_name as "fromName", d.to_user_id as "toUserId", t.display_name as "toName",
      (select jsonb_agg(jsonb_build_object('roleId', r.role_id, 'roleName', r.name) order by r.role_id) from governance.role r where r.role_id = any (d.role_ids)) as roles,
      d.valid_from::text as "validFrom", d.valid_until::text as "validUntil", d.reason, d.version,
      case when d.revoked_at is not null then 'revoked' when d.valid_until < ${today}::date then 'over' when d.valid_from > ${today}::date then 'later'
        when not exists (select from jsonb_array_elements(governance.roles_of(d.from_user_id)) h where h ->> 'roleId' = any (d.role_ids) and h -> 'deputyFor' = 'null') then 'idle'
        else 'holds' end as state
    from governance.delegation d join governance.app_user f on f.user_id = d.from_user_id join governance.app_user t on t.user_id = d.to_user_id
    where ${userId}::uuid is null or d.from_user_id = ${userId}::uuid or d.to_user_id = ${userId}::uuid
    order by d.revoked_at nulls first, d.valid_until desc, d.delegation_id limit ${DELEGATIONS_MAX}`.execute(tx);
  return rows;
}

export interface NewDelegation {
  readonly fromUserId: string;
  readonly toUserId: string;
  readonly roleIds: readonly string[];
  readonly validFrom: string;
  readonly validUntil: string;
  readonly reason: string;
  readonly createdBy: string;
}

export async function insertDelegation(tx: Tx, made: NewDelegation): Promise<string> {
  const { rows } = await refusing(
    sql<{ id: string }>`
      insert into governance.delegation (from_user_id, to_user_id, role_ids, valid_from, valid_until, reason, created_by)
      values (${made.fromUserId}, ${made.toUserId}, ${made.roleIds}::text[], ${made.validFrom}, ${made.validUntil}, ${made.reason}, ${made.createdBy})
      returning delegation_id as id`.execute(tx),
  );
  return rows[0]?.id ?? "";
}

/** Between whom it was; null when it is not there, not one's to end, over, or has another version by now. */
export async function revokeDelegation(
  tx: Tx,
  delegationId: string,
  version: number,
  by: { userId: string; now: Date },
): Promise<{ fromUserId: string; toUserId: string } | null> {
  const { rows } = await sql<{ fromUserId: string; toUserId: string }>`
    update governance.delegation set revoked_at = ${by.now}, revoked_by = ${by.userId}, version = version + 1
    where delegation_id = ${delegationId} and version = ${version} and revoked_at is null returning from_user_id as "fromUserId", to_user_id as "toUserId"`.execute(
    tx,
  );
  return rows[0] ?? null;
}
