import type { UserId } from "../../platform/caller/index.ts";
import { sql, type Tx } from "../../platform/db/index.ts";
import type { Person } from "./contract.ts";

type PersonRow = Omit<Person, "grants" | "factors" | "providers">;

export async function findPerson(tx: Tx, userId: string, now: Date): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`
    select u.user_id as "userId", u.login, u.display_name as "displayName", u.email, u.email_confirmed_at is not null as "emailConfirmed", u.home_unit_id as "homeUnitId", o.name as "homeUnitName", u.active, u.version, null as link
    from governance.app_user u join governance.organisation_unit o on o.unit_id = u.home_unit_id where u.user_id = ${userId} and u.login <> 'operator'`.execute(
    tx,
  );
  const person = rows[0];
  if (person === undefined) return null;
  const open = await sql<NonNullable<Person["link"]>>`
    select kind, expires_at as "expiresAt" from governance.invitation where user_id = ${userId} and used_at is null and expires_at > ${now}
    order by created_at desc limit 1`.execute(tx);
  return { ...person, link: open.rows[0] ?? null };
}

export interface NewPerson {
  readonly userId: UserId;
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly homeUnitId: string;
  readonly locale: string;
  readonly calendar: string;
}

/** "taken": the login is somebody's. "no_unit": there is no such open unit. */
export async function insertPerson(tx: Tx, person: NewPerson): Promise<"made" | "taken" | "no_unit"> {
  const units = await sql`select from governance.organisation_unit where unit_id = ${person.homeUnitId} and active`.execute(tx);
  if (units.rows.length === 0) return "no_unit";
  const { rows } = await sql`
    insert into governance.app_user (user_id, login, display_name, email, home_unit_id, locale, calendar)
    values (${person.userId}, ${person.login}, ${person.displayName}, ${person.email}, ${person.homeUnitId}, ${person.locale}, ${person.calendar})
    on conflict (login) do nothing returning user_id`.execute(tx);
  return rows.length === 1 ? "made" : "taken";
}

export interface PersonChange {
  readonly displayName?: string | undefined;
  readonly email?: string | null | undefined;
  readonly homeUnitId?: string | undefined;
  readonly active?: boolean | undefined;
}

/** false when it has another version by now. What is left out stays. */
export async function savePerson(tx: Tx, userId: string, version: number, change: PersonChange): Promise<boolean> {
  const { rows } = await sql`
    update governance.app_user set version = version + 1, display_name = coalesce(${change.displayName ?? null}, display_name),
      email = case when ${change.email !== undefined} then ${change.email ?? null} else email end,
      home_unit_id = coalesce(${change.homeUnitId ?? null}::uuid, home_unit_id), active = coalesce(${change.active ?? null}::boolean, active)
    where user_id = ${userId} and version = ${version} returning user_id`.execute(tx);
  return rows.length === 1;
}

/** false when it has another version by now: what was confirmed is the address that was looked at. */
export async function saveConfirmation(tx: Tx, userId: string, version: number, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update governance.app_user set email_confirmed_at = ${now}, version = version + 1 where user_id = ${userId} and version = ${version} returning user_id`.execute(
    tx,
  );
  return rows.length === 1;
}

export async function unitIsOpen(tx: Tx, unitId: string): Promise<boolean> {
  const { rows } = await sql`select from governance.organisation_unit where unit_id = ${unitId} and active`.execute(tx);
  return rows.length === 1;
}

export interface NewLink {
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly kind: "invite" | "reset";
  readonly createdBy: UserId;
  readonly now: Date;
  readonly expiresAt: Date;
}

export async function insertLink(tx: Tx, link: NewLink): Promise<void> {
  await sql`
    insert into governance.invitation (token_hash, user_id, kind, created_by, created_at, expires_at)
    values (${link.tokenHash}, ${link.userId}, ${link.kind}, ${link.createdBy}, ${link.now}, ${link.expiresAt})`.execute(tx);
}

export async function voidLinks(tx: Tx, userId: string, now: Date): Promise<void> {
  await sql`update governance.invitation set used_at = ${now} where user_id = ${userId} and used_at is null`.execute(tx);
}

export async function clearFactors(tx: Tx, userId: string): Promise<void> {
  await sql`select governance.clear_factors(${userId})`.execute(tx);
}

export interface LinkRow {
  readonly userId: UserId;
  readonly login: string;
  readonly displayName: string;
  readonly kind: "invite" | "reset";
}

/** Purpose sign_in. null: unknown, used, too old, or the account is closed. */
export async function findLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<LinkRow | null> {
  const { rows } = await sql<LinkRow>`
    select u.user_id as "userId", u.login, u.display_name as "displayName", i.kind
    from governance.invitation i join governance.app_user u using (user_id)
    where i.token_hash = ${tokenHash} and i.used_at is null and i.expires_at > ${now} and u.active`.execute(tx);
  return rows[0] ?? null;
}

/** Purpose sign_in. Of a hundred at once one gets it: the others wait for its row and find it used. */
export async function takeLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update governance.invitation set used_at = ${now} where token_hash = ${tokenHash} and used_at is null and expires_at > ${now} returning user_id`.execute(
    tx,
  );
  return rows.length === 1;
}
