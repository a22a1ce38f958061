import type { SessionId, UserId } from "../../platform/caller/index.ts";
import { askOutside, type Db, sql, type Tx } from "../../platform/db/index.ts";
import type { Permission } from "../permissions/contract.ts";
import type { Preferences, RoleId, Session } from "./contract.ts";
import type { SessionLimits } from "./rules.ts";

export interface Account {
  readonly userId: UserId;
  readonly displayName: string;
  readonly passwordHash: string | null;
  readonly failedCount: number;
  readonly lockedUntil: Date | null;
}

/** Only under the purpose sign_in: the policies show credentials to nothing else. Locks the credential, so that parallel guesses are counted one by one. */
export async function findAccount(tx: Tx, login: string): Promise<Account | null> {
  const { rows } = await sql<Account>`
    select u.user_id as "userId", u.display_name as "displayName", c.password_hash as "passwordHash", c.failed_count as "failedCount", c.locked_until as "lockedUntil"
    from governance.app_user u join governance.credential c using (user_id)
    where u.login = lower(${login}) and u.active
    for update of c`.execute(tx);
  return rows[0] ?? null;
}

export async function saveFailures(tx: Tx, userId: UserId, failedCount: number, lockedUntil: Date | null): Promise<void> {
  await sql`update governance.credential set failed_count = ${failedCount}, locked_until = ${lockedUntil} where user_id = ${userId}`.execute(
    tx,
  );
}

export type SignInMethod = "password" | "totp" | "recovery_code" | "passkey" | "oidc";

export interface NewSession {
  readonly sessionId: SessionId;
  readonly tokenHash: Buffer;
  readonly userId: UserId;
  readonly now: Date;
  readonly expiresAt: Date;
  readonly ipAddress: string | null;
  readonly userAgent: string;
  readonly method: SignInMethod;
  readonly perPersonMax: number;
}

/** The oldest sessions beyond the allowed number end. */
export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await sql`
    insert into governance.session (session_id, token_hash, user_id, created_at, last_seen_at, expires_at, ip_address, user_agent, method)
    values (${session.sessionId}, ${session.tokenHash}, ${session.userId}, ${session.now}, ${session.now}, ${session.expiresAt}, ${session.ipAddress}, ${session.userAgent}, ${session.method})`.execute(
    tx,
  );
  await sql`
    update governance.session set revoked_at = ${session.now}
    where session_id in (
      select session_id from governance.session where user_id = ${session.userId} and revoked_at is null
      order by created_at desc, session_id desc offset ${session.perPersonMax})`.execute(tx);
}

export interface SessionRow {
  readonly sessionId: SessionId;
  readonly userId: UserId;
  readonly displayName: string;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly permissions: readonly Permission[];
  /** null: the bank has set none. */
  readonly limits: SessionLimits | null;
}

const FIND_SESSION = `
  select session_id as "sessionId", user_id as "userId", display_name as "displayName", last_seen_at as "lastSeenAt", expires_at as "expiresAt",
    revoked_at as "revokedAt", permissions, limits
  from governance.find_session($1)`;

/** null: nobody holds this token, or the account is closed. Outside any transaction: knowing the token is what it takes. */
export async function findSession(db: Db, tokenHash: Buffer): Promise<SessionRow | null> {
  const [found] = await askOutside<SessionRow>(db, {
    name: "find_session",
    text: FIND_SESSION,
    values: [tokenHash],
  });
  return found ?? null;
}

export async function touchSession(tx: Tx, sessionId: SessionId, now: Date): Promise<void> {
  await sql`update governance.session set last_seen_at = ${now} where session_id = ${sessionId}`.execute(tx);
}

export async function revokeSession(tx: Tx, sessionId: SessionId, now: Date): Promise<void> {
  await sql`update governance.session set revoked_at = ${now} where session_id = ${sessionId} and revoked_at is null`.execute(tx);
}

interface PersonRow {
  userId: UserId;
  login: string;
  displayName: string;
  homeUnit: Session["user"]["homeUnit"];
  roles: Session["user"]["roles"];
  preferences: Preferences;
  version: number;
  permissions: Permission[];
}

export async function findPerson(tx: Tx, userId: UserId): Promise<PersonRow | null> {
  const { rows } = await sql<PersonRow>`
    select u.user_id as "userId", u.login, u.display_name as "displayName", u.version,
      jsonb_build_object('unitId', h.unit_id, 'name', h.name, 'kind', h.kind) as "homeUnit",
      jsonb_build_object('locale', u.locale, 'calendar', u.calendar, 'digits', u.digits, 'theme', u.theme) as preferences,
      governance.roles_of(u.user_id) as roles, governance.permissions_of(u.user_id) as permissions
    from governance.app_user u join governance.organisation_unit h on h.unit_id = u.home_unit_id
    where u.user_id = ${userId} and u.active`.execute(tx);
  return rows[0] ?? null;
}

/** What is left out stays as it is. */
export type PreferenceChange = { readonly [Name in keyof Preferences]?: Preferences[Name] | undefined };

/** false when the record has another version by now. */
export async function savePreferences(tx: Tx, userId: UserId, version: number, change: PreferenceChange): Promise<boolean> {
  const { rows } = await sql`
    update governance.app_user set version = version + 1, locale = coalesce(${change.locale ?? null}, locale), calendar = coalesce(${change.calendar ?? null}, calendar),
      digits = coalesce(${change.digits ?? null}, digits), theme = coalesce(${change.theme ?? null}, theme)
    where user_id = ${userId} and version = ${version} returning user_id`.execute(tx);
  return rows.length === 1;
}

/** Purpose sign_in. */
export async function readSignInWays(tx: Tx): Promise<{ provider: { name: string } | null; localSignIn: "everybody" | "emergency" }> {
  const { rows } = await sql<{ name: string; local: "everybody" | "emergency" }>`
    select name, local_sign_in as local from governance.identity_provider where enabled`.execute(tx);
  const [found] = rows;
  return { provider: found === undefined ? null : { name: found.name }, localSignIn: found?.local ?? "everybody" };
}

/** false: this person has to come by the bank's identity provider. */
export async function maySignInLocally(tx: Tx, userId: UserId): Promise<boolean> {
  const { rows } = await sql<{ allowed: boolean }>`select governance.local_sign_in_allowed(${userId}) as allowed`.execute(tx);
  return rows[0]?.allowed === true;
}

export interface DemoPersonRow {
  login: string;
  displayName: string;
  roleId: RoleId;
  roleName: string | null;
  unitName: string;
  locale: Preferences["locale"];
}

/** These people, in this order, as the sign-in page of a demo bank shows them. */
export async function listDemoPeople(tx: Tx, logins: readonly string[]): Promise<DemoPersonRow[]> {
  const { rows } = await sql<DemoPersonRow>`
    select u.login, u.display_name as "displayName", a.role_id as "roleId", r.name as "roleName", o.name as "unitName", u.locale
    from unnest(${logins}::text[]) with ordinality as shown (login, place)
      join governance.app_user u on u.login = shown.login and u.active
      join governance.role_assignment a using (user_id) join governance.role r using (role_id) join governance.organisation_unit o using (unit_id)
    order by shown.place limit 20`.execute(tx);
  return rows;
}

export interface NewUser {
  readonly userId: UserId;
  readonly login: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly unitCode: string;
  readonly roleIds: readonly RoleId[];
  readonly preferences: Preferences;
  readonly passwordHash: string;
}

/** Worker role. Replaces name, roles, preferences and password of an existing login. Fails with not_found (constraint) when there is no such unit. */
export async function upsertUser(tx: Tx, user: NewUser): Promise<{ userId: UserId; created: boolean } | null> {
  const { locale, calendar, digits, theme } = user.preferences;
  const { rows } = await sql<{ userId: UserId; created: boolean }>`
    insert into governance.app_user (user_id, login, display_name, email, home_unit_id, locale, calendar, digits, theme)
    select ${user.userId}, lower(${user.login}), ${user.displayName}, ${user.email}, unit_id, ${locale}, ${calendar}, ${digits}, ${theme}
    from governance.organisation_unit where code = ${user.unitCode}
    on conflict (login) do update set display_name = excluded.display_name, email = excluded.email, home_unit_id = excluded.home_unit_id, locale = excluded.locale,
      calendar = excluded.calendar, digits = excluded.digits, theme = excluded.theme, active = true, version = app_user.version + 1
    returning user_id as "userId", version = 1 as created`.execute(tx);
  const saved = rows[0];
  if (saved === undefined) return null;
  await sql`insert into governance.credential (user_id, password_hash) values (${saved.userId}, ${user.passwordHash})
    on conflict (user_id) do update set password_hash = excluded.password_hash, changed_at = now(), failed_count = 0, locked_until = null`.execute(
    tx,
  );
  await sql`delete from governance.role_assignment where user_id = ${saved.userId}`.execute(tx);
  await sql`insert into governance.role_assignment (user_id, role_id, unit_id)
    select ${saved.userId}, role_id, unit_id from unnest(${user.roleIds}::text[]) role_id, governance.organisation_unit where code = ${user.unitCode}`.execute(
    tx,
  );
  return saved;
}

export interface UserListRow {
  login: string;
  displayName: string;
  unitCode: string;
  roleIds: string[];
  active: boolean;
}

const USERS_LISTED_MAX = 10_000;

export async function listUsers(tx: Tx): Promise<UserListRow[]> {
  const { rows } = await sql<UserListRow>`
    select u.login, u.display_name as "displayName", o.code as "unitCode", u.active,
      coalesce((select array_agg(a.role_id order by a.role_id) from governance.role_assignment a where a.user_id = u.user_id), '{}') as "roleIds"
    from governance.app_user u join governance.organisation_unit o on o.unit_id = u.home_unit_id order by u.login limit ${USERS_LISTED_MAX}`.execute(
    tx,
  );
  return rows;
}

/** Worker role. An account that is opened is free of the lock that wrong passwords put on it. */
export async function setUserActive(tx: Tx, login: string, active: boolean): Promise<UserId | null> {
  const { rows } = await sql<{ userId: UserId }>`
    update governance.app_user set active = ${active}, version = version + 1 where login = lower(${login}) returning user_id as "userId"`.execute(
    tx,
  );
  const userId = rows[0]?.userId ?? null;
  if (userId !== null && active)
    await sql`update governance.credential set failed_count = 0, locked_until = null where user_id = ${userId}`.execute(tx);
  return userId;
}

/** Worker role. All the person has: a token that was open before stays worthless, whatever becomes of the account. */
export async function revokeSessionsOf(tx: Tx, userId: UserId): Promise<void> {
  await sql`update governance.session set revoked_at = now() where user_id = ${userId} and revoked_at is null`.execute(tx);
}

/** Worker role: the top of the organisation tree is called as the bank is. */
export async function nameBank(tx: Tx, name: string): Promise<void> {
  await sql`update governance.organisation_unit set name = ${name}, version = version + 1 where kind = 'bank' and name <> ${name}`.execute(
    tx,
  );
}

export async function findUserId(tx: Tx, login: string): Promise<UserId | null> {
  const { rows } = await sql<{ userId: UserId }>`select user_id as "userId" from governance.app_user where login = ${login}`.execute(tx);
  return rows[0]?.userId ?? null;
}
