import type { UserId } from "../../platform/caller/index.ts";
import { sql, sqlState, type Tx } from "../../platform/db/index.ts";
import { GROUP_ROLES_MAX, type GroupRole, MEMBERS_MAX } from "./contract.ts";
import { scimError } from "./dialect.ts";
import type { Condition } from "./filter.ts";
import type { PersonDraft } from "./patch.ts";

export interface PersonRow extends PersonDraft {
  readonly id: UserId;
  readonly groups: readonly { value: string; display: string }[];
  readonly version: number;
  readonly total: number;
}

const person =
  sql.raw(`u.user_id as id, u.login as "userName", p.external_id as "externalId", u.display_name as "displayName", u.email, u.active, o.code as department, u.version,
  (select coalesce(jsonb_agg(jsonb_build_object('value', g.group_id, 'display', g.name) order by g.name), '[]')
    from (select group_id from governance.people_group_member m where m.user_id = u.user_id limit 500) m join governance.people_group g using (group_id)) as groups
  from governance.app_user u join governance.organisation_unit o on o.unit_id = u.home_unit_id left join governance.provisioned_person p using (user_id)`);

const personColumns: Readonly<Record<string, ReturnType<typeof sql.raw>>> = {
  id: sql.raw("u.user_id::text"),
  username: sql.raw("u.login"),
  displayname: sql.raw("lower(u.display_name)"),
  externalid: sql.raw("p.external_id"),
  emails: sql.raw("lower(u.email)"),
  "emails.value": sql.raw("lower(u.email)"),
};
export const personAttributes = [...Object.keys(personColumns), "active"];
const groupColumns: Readonly<Record<string, ReturnType<typeof sql.raw>>> = {
  id: sql.raw("g.group_id::text"),
  displayname: sql.raw("lower(g.name)"),
  externalid: sql.raw("g.external_id"),
};
export const groupAttributes = Object.keys(groupColumns);

/** The column and the operator come from these tables, the value goes as a parameter. Names are compared without regard to case (RFC 7643, caseExact false). */
function where(columns: typeof personColumns, conditions: readonly Condition[]) {
  const parts = conditions.map(({ attribute, operator, value }) => {
    const column = columns[attribute];
    if (column === undefined || typeof value === "boolean")
      return attribute === "active" && operator === "eq" ? sql`u.active = ${value === true}` : sql`false`;
    const wanted = attribute === "externalid" ? value : value.toLowerCase();
    return operator === "eq" ? sql`${column} = ${wanted}` : sql`starts_with(${column}, ${wanted})`;
  });
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `);
}

export async function listPeople(tx: Tx, conditions: readonly Condition[], page: { offset: number; rows: number }): Promise<PersonRow[]> {
  const { rows } = await sql<PersonRow>`
    select ${person} where u.login <> 'operator' and p.removed_at is null and ${where(personColumns, conditions)}
    order by u.user_id limit ${page.rows} offset ${page.offset}`.execute(tx);
  return rows;
}

export async function countPeople(tx: Tx, conditions: readonly Condition[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from governance.app_user u left join governance.provisioned_person p using (user_id)
    where u.login <> 'operator' and p.removed_at is null and ${where(personColumns, conditions)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Locked until the end of the transaction. */
export async function lockPerson(tx: Tx, userId: string): Promise<PersonRow | null> {
  await sql`select from governance.app_user where user_id = ${userId} for update`.execute(tx);
  const { rows } =
    await sql<PersonRow>`select ${person} where u.user_id = ${userId} and u.login <> 'operator' and p.removed_at is null`.execute(tx);
  return rows[0] ?? null;
}

/** What the database refuses, in SCIM's words. */
async function refusing<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    const state = sqlState(error);
    if (state === "23505")
      throw scimError("conflict", "uniqueness", "Somebody or something else has this name or externalId already.", error);
    if (state === "VS001")
      throw scimError("invalid_state", "invalidValue", "Refused: the groups bring duties together that are kept apart.", error);
    if (state === "42501") throw scimError("invalid_state", "mutability", "The owner of the key is administered by somebody else.", error);
    throw error;
  });
}

/** null: no open unit has this code. The code of the bank itself is BANK unless it was loaded otherwise. */
export async function unitByCode(tx: Tx, code: string): Promise<string | null> {
  const { rows } = await sql<{
    id: string;
  }>`select unit_id as id from governance.organisation_unit where active and (code = ${code} or ${code} = '' and kind = 'bank')`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** An account that the directory removed before comes back under its old id. The address counts as confirmed: the directory vouches for it. */
export async function insertPerson(tx: Tx, userId: string, draft: PersonDraft, unitId: string): Promise<string> {
  const { rows } = await refusing(
    sql<{ id: string }>`
      with back as (
        update governance.app_user u set display_name = ${draft.displayName}, email = ${draft.email}, email_confirmed_at = case when ${draft.email}::text is null then null else now() end,
          home_unit_id = ${unitId}, active = ${draft.active}, version = version + 1
        from governance.provisioned_person p where p.user_id = u.user_id and p.removed_at is not null and u.login = ${draft.userName} returning u.user_id
      ), made as (
        insert into governance.app_user (user_id, login, display_name, email, email_confirmed_at, home_unit_id, active)
        select ${userId}, ${draft.userName}, ${draft.displayName}, ${draft.email}, case when ${draft.email}::text is null then null else now() end, ${unitId}, ${draft.active}
        where not exists (select from back) returning user_id
      )
      select user_id as id from back union all select user_id from made`.execute(tx),
  );
  return rows[0]?.id ?? userId;
}

export async function savePerson(tx: Tx, userId: string, draft: PersonDraft, unitId: string): Promise<void> {
  await refusing(
    sql`update governance.app_user set login = ${draft.userName}, display_name = ${draft.displayName}, email = ${draft.email},
        email_confirmed_at = case when ${draft.email}::text is null then null else now() end, home_unit_id = ${unitId}, active = ${draft.active}, version = version + 1
      where user_id = ${userId}`.execute(tx),
  );
}

export async function saveProvisioned(tx: Tx, userId: string, externalId: string | null, removedAt: Date | null): Promise<void> {
  await refusing(
    sql`insert into governance.provisioned_person (user_id, external_id, removed_at) values (${userId}, ${externalId}, ${removedAt})
      on conflict (user_id) do update set external_id = excluded.external_id, removed_at = excluded.removed_at, changed_at = now()`.execute(
      tx,
    ),
  );
}

/** Which groups the person was in. */
export async function leaveAllGroups(tx: Tx, userId: string): Promise<void> {
  await sql`delete from governance.people_group_member where user_id = ${userId}`.execute(tx);
}

export interface GroupRow {
  readonly id: string;
  readonly name: string;
  readonly externalId: string | null;
  readonly members: readonly { value: string; display: string }[];
  readonly version: number;
}

const group = sql.raw(`g.group_id as id, g.name, g.external_id as "externalId", g.version,
  (select coalesce(jsonb_agg(jsonb_build_object('value', u.user_id, 'display', u.display_name) order by u.user_id), '[]')
    from (select user_id from governance.people_group_member m where m.group_id = g.group_id limit ${MEMBERS_MAX}) m join governance.app_user u using (user_id)) as members
  from governance.people_group g`);

export async function listGroups(tx: Tx, conditions: readonly Condition[], page: { offset: number; rows: number }): Promise<GroupRow[]> {
  const { rows } =
    await sql<GroupRow>`select ${group} where ${where(groupColumns, conditions)} order by g.group_id limit ${page.rows} offset ${page.offset}`.execute(
      tx,
    );
  return rows;
}

export async function countGroups(tx: Tx, conditions: readonly Condition[]): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select count(*)::int as count from governance.people_group g where ${where(groupColumns, conditions)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

export async function lockGroup(tx: Tx, groupId: string): Promise<GroupRow | null> {
  await sql`select from governance.people_group where group_id = ${groupId} for update`.execute(tx);
  const { rows } = await sql<GroupRow>`select ${group} where g.group_id = ${groupId}`.execute(tx);
  return rows[0] ?? null;
}

export async function insertGroup(tx: Tx, made: { groupId: string; name: string; externalId: string | null }): Promise<void> {
  await refusing(
    sql`insert into governance.people_group (group_id, name, external_id) values (${made.groupId}, ${made.name}, ${made.externalId})`.execute(
      tx,
    ),
  );
}

export async function saveGroup(tx: Tx, groupId: string, name: string, externalId: string | null): Promise<void> {
  await refusing(
    sql`update governance.people_group set name = ${name}, external_id = ${externalId}, version = version + 1, changed_at = now() where group_id = ${groupId}`.execute(
      tx,
    ),
  );
}

export async function deleteGroup(tx: Tx, groupId: string): Promise<void> {
  await sql`delete from governance.people_group where group_id = ${groupId}`.execute(tx);
}

/** Whom that changed. People who are not known here, or were removed, are passed over. */
export async function saveMembers(
  tx: Tx,
  groupId: string,
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<string[]> {
  const left = await sql<{ id: string }>`
    delete from governance.people_group_member where group_id = ${groupId} and user_id = any (${remove}::uuid[]) returning user_id as id`.execute(
    tx,
  );
  const came = await sql<{ id: string }>`
    insert into governance.people_group_member (group_id, user_id)
    select ${groupId}, u.user_id from governance.app_user u where u.user_id = any (${add}::uuid[]) and u.login <> 'operator' on conflict do nothing returning user_id as id`.execute(
    tx,
  );
  return [...left.rows, ...came.rows].map(({ id }) => id);
}

/** Makes their grants what their groups say; those whose grants changed. Fails with invalid_state when duties would come together. */
export async function settleGrants(tx: Tx, userIds: readonly string[]): Promise<string[]> {
  const { rows } = await refusing(
    sql<{
      id: string;
      changed: number;
    }>`select id, governance.settle_group_grants(id) as changed from unnest(${userIds}::uuid[]) id`.execute(tx),
  );
  return rows.filter(({ changed }) => changed > 0).map(({ id }) => id);
}

export async function listGroupRoles(tx: Tx): Promise<GroupRole[]> {
  const { rows } = await sql<GroupRole>`
    select m.group_name as "groupName", m.role_id as "roleId", r.name as "roleName", m.unit_id as "unitId", o.name as "unitName",
      (select count(*)::int from governance.people_group g join governance.people_group_member b using (group_id) where lower(g.name) = m.group_name) as members
    from governance.people_group_role m join governance.role r using (role_id) join governance.organisation_unit o using (unit_id)
    order by 1, 2, 5 limit ${GROUP_ROLES_MAX}`.execute(tx);
  return rows;
}

export interface GroupRoleKey {
  readonly groupName: string;
  readonly roleId: string;
  readonly unitId: string;
}

/** "ruling": the role rules over people, keys or the trail, or is retired: not for groups. */
export async function insertGroupRole(
  tx: Tx,
  { groupName, roleId, unitId }: GroupRoleKey,
  by: UserId,
): Promise<"set" | "there" | "missing" | "ruling"> {
  const known =
    await sql`select from governance.role r, governance.organisation_unit o where r.role_id = ${roleId} and o.unit_id = ${unitId} and o.active`.execute(
      tx,
    );
  if (known.rows.length === 0) return "missing";
  try {
    const { rows } = await sql`
      insert into governance.people_group_role (group_name, role_id, unit_id, set_by) values (${groupName}, ${roleId}, ${unitId}, ${by})
      on conflict do nothing returning group_name`.execute(tx);
    return rows.length === 1 ? "set" : "there";
  } catch (error) {
    if (sqlState(error) === "VS007") return "ruling";
    throw error;
  }
}

export async function deleteGroupRole(tx: Tx, { groupName, roleId, unitId }: GroupRoleKey): Promise<boolean> {
  const { rows } = await sql`
    delete from governance.people_group_role where group_name = ${groupName} and role_id = ${roleId} and unit_id = ${unitId} returning group_name`.execute(
    tx,
  );
  return rows.length === 1;
}

export async function membersOf(tx: Tx, groupName: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select b.user_id as id from governance.people_group g join governance.people_group_member b using (group_id) where lower(g.name) = ${groupName} limit ${MEMBERS_MAX}`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}
