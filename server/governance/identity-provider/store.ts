import type { SessionId, UserId } from "../../platform/caller/index.ts";
import { sql, sqlState, type Tx } from "../../platform/db/index.ts";
import type { Provider } from "./contract.ts";
import type { Candidate } from "./rules.ts";

export async function findProvider(tx: Tx): Promise<Provider | null> {
  const { rows } = await sql<Provider>`
    select name, issuer, client_id as "clientId", governance.provider_has_secret() as "hasSecret", links_by_email as "linksByEmail", group_claim as "groupClaim", enabled,
      local_sign_in as "localSignIn", tried_at as "triedAt", version
    from governance.identity_provider`.execute(tx);
  return rows[0] ?? null;
}

/** Purpose sign_in. null: the provider is asked without one. */
export async function findSecret(tx: Tx): Promise<Buffer | null> {
  const { rows } = await sql<{ sealed: Buffer }>`select sealed_secret as sealed from governance.identity_provider_secret`.execute(tx);
  return rows[0]?.sealed ?? null;
}

/** null takes it away. */
export async function saveSecret(tx: Tx, sealed: Buffer | null): Promise<void> {
  await sql`select governance.set_provider_secret(${sealed})`.execute(tx);
}

export type ProviderChange = Omit<Provider, "hasSecret">;

/** false when it has another version by now. `version` is the one of before; 0 for the first. */
export async function saveProvider(tx: Tx, wanted: ProviderChange, by: UserId, now: Date): Promise<boolean> {
  const { name, issuer, clientId, linksByEmail, groupClaim, enabled, localSignIn, triedAt, version } = wanted;
  if (version === 0) {
    const { rows } = await sql`
      insert into governance.identity_provider (name, issuer, client_id, links_by_email, group_claim, enabled, local_sign_in, tried_at, changed_at, changed_by)
      values (${name}, ${issuer}, ${clientId}, ${linksByEmail}, ${groupClaim}, ${enabled}, ${localSignIn}, ${triedAt}, ${now}, ${by})
      on conflict do nothing returning provider_id`.execute(tx);
    return rows.length === 1;
  }
  const { rows } = await sql`
    update governance.identity_provider set name = ${name}, issuer = ${issuer}, client_id = ${clientId}, links_by_email = ${linksByEmail}, group_claim = ${groupClaim},
      enabled = ${enabled}, local_sign_in = ${localSignIn}, tried_at = ${triedAt}, changed_at = ${now}, changed_by = ${by}, version = version + 1
    where version = ${version} returning provider_id`.execute(tx);
  return rows.length === 1;
}

/** Nothing when the settings were changed since: those were not tried. */
export async function saveTried(tx: Tx, version: number, now: Date): Promise<void> {
  await sql`update governance.identity_provider set tried_at = ${now} where version = ${version}`.execute(tx);
}

export async function listEmergencyAccounts(
  tx: Tx,
): Promise<{ userId: string; displayName: string; hasPassword: boolean; usable: boolean }[]> {
  const { rows } = await sql<{ userId: string; displayName: string; hasPassword: boolean; usable: boolean }>`
    select e.user_id as "userId", u.display_name as "displayName", coalesce(f.password, false) as "hasPassword", u.active and coalesce(f.password, false) as usable
    from governance.emergency_account e join governance.app_user u using (user_id) cross join lateral governance.factors_of(e.user_id) f
    order by u.display_name limit 20`.execute(tx);
  return rows;
}

/** How many of them there are, active and known. */
export async function countActive(tx: Tx, userIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from governance.app_user where user_id = any (${userIds}::uuid[]) and active and login <> 'operator'`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

export async function saveEmergencyAccounts(tx: Tx, userIds: readonly string[], by: UserId): Promise<void> {
  await sql`delete from governance.emergency_account where user_id <> all (${userIds}::uuid[])`.execute(tx);
  await sql`insert into governance.emergency_account (user_id, named_by) select id, ${by} from unnest(${userIds}::uuid[]) id on conflict do nothing`.execute(
    tx,
  );
}

export type TripPurpose = "oidc" | "oidc_try" | "oidc_step_up";

export async function insertTrip(
  tx: Tx,
  trip: { purpose: TripPurpose; userId: UserId | null; value: string; expiresAt: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into governance.challenge (user_id, purpose, value, expires_at) values (${trip.userId}, ${trip.purpose}, ${trip.value}, ${trip.expiresAt})
    returning challenge_id as id`.execute(tx);
  return rows[0]?.id ?? "";
}

/** Takes it away, so that one comes back once; null when it is not there, too old, or was begun for something or by somebody else. */
export async function takeTrip(
  tx: Tx,
  state: string,
  wanted: { purpose: TripPurpose; userId: UserId | null },
  now: Date,
): Promise<string | null> {
  const { rows } = await sql<{ value: string; fits: boolean }>`
    delete from governance.challenge where challenge_id = ${state} and purpose in ('oidc', 'oidc_try', 'oidc_step_up')
    returning value, purpose = ${wanted.purpose} and user_id is not distinct from ${wanted.userId}::uuid and expires_at > ${now} as fits`.execute(
    tx,
  );
  return rows[0]?.fits === true ? rows[0].value : null;
}

/** false when this logout was told before. */
export async function noteLogout(tx: Tx, id: string, expiresAt: Date): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`logout ${id}`}, 0))`.execute(tx);
  const { rows } = await sql`
    insert into governance.challenge (purpose, value, expires_at)
    select 'oidc_logout', ${id}, ${expiresAt} where not exists (select from governance.challenge where purpose = 'oidc_logout' and value = ${id}) returning challenge_id`.execute(
    tx,
  );
  return rows.length === 1;
}

const candidate = sql.raw(`u.user_id as "userId", u.active, u.email_confirmed_at is not null as "emailConfirmed",
  exists (select from governance.emergency_account e where e.user_id = u.user_id) as emergency`);

/** Purpose sign_in. */
export async function findLinked(tx: Tx, issuer: string, subject: string): Promise<Candidate | null> {
  const { rows } = await sql<Candidate>`
    select ${candidate} from governance.external_identity i join governance.app_user u using (user_id) where i.issuer = ${issuer} and i.subject = ${subject}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** Purpose sign_in. Whoever has this address and is not linked to another subject of the provider yet; two are enough to know that it is not one. */
export async function findByEmail(tx: Tx, issuer: string, email: string): Promise<Candidate[]> {
  const { rows } = await sql<Candidate>`
    select ${candidate} from governance.app_user u
    where lower(u.email) = lower(${email}) and u.login <> 'operator'
      and not exists (select from governance.external_identity i where i.user_id = u.user_id and i.issuer = ${issuer})
    limit 2`.execute(tx);
  return rows;
}

export async function nameOf(tx: Tx, userId: string): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`select display_name as name from governance.app_user where user_id = ${userId}`.execute(tx);
  return rows[0]?.name ?? null;
}

/** false when somebody else was faster with this subject or this person. */
export async function insertLink(tx: Tx, link: { issuer: string; subject: string; userId: string; now: Date }): Promise<boolean> {
  const { rows } = await sql`
    insert into governance.external_identity (issuer, subject, user_id, linked_at) values (${link.issuer}, ${link.subject}, ${link.userId}, ${link.now})
    on conflict do nothing returning subject`.execute(tx);
  return rows.length === 1;
}

export interface ProviderLink {
  readonly issuer: string;
  readonly linkedAt: Date;
  readonly lastUsedAt: Date | null;
}

/** Of oneself, or (user:manage) of anybody; at most 10. */
export async function linksOf(tx: Tx, userId: string): Promise<ProviderLink[]> {
  const { rows } = await sql<ProviderLink>`
    select issuer, linked_at as "linkedAt", last_used_at as "lastUsedAt" from governance.external_identity where user_id = ${userId}
    order by linked_at desc limit 10`.execute(tx);
  return rows;
}

/** The issuers whose links are gone. */
export async function deleteLinks(tx: Tx, userId: string): Promise<string[]> {
  const { rows } = await sql<{
    issuer: string;
  }>`delete from governance.external_identity where user_id = ${userId} returning issuer`.execute(tx);
  return rows.map(({ issuer }) => issuer).sort();
}

export async function unconfirmEmail(tx: Tx, userId: string): Promise<void> {
  await sql`update governance.app_user set email_confirmed_at = null, version = version + 1 where user_id = ${userId}`.execute(tx);
}

export async function saveLinkUse(tx: Tx, issuer: string, subject: string, now: Date): Promise<void> {
  await sql`update governance.external_identity set last_used_at = ${now} where issuer = ${issuer} and subject = ${subject}`.execute(tx);
}

/** Purpose sign_in. Whatever proved this person before the link is void: whoever set it need not have been them. */
export async function voidLocalProofs(tx: Tx, userId: string, now: Date): Promise<void> {
  for (const table of ["credential", "totp", "recovery_code", "passkey"])
    await sql`delete from governance.${sql.ref(table)} where user_id = ${userId}`.execute(tx);
  await sql`update governance.invitation set used_at = ${now} where user_id = ${userId} and used_at is null`.execute(tx);
}

/** Purpose sign_in. How many grants changed; "refused" when the groups bring duties that are kept apart, then nothing changed. */
export async function claimGroups(tx: Tx, userId: string, groups: readonly string[]): Promise<number | "refused"> {
  await sql`savepoint groups`.execute(tx);
  try {
    const { rows } = await sql<{ changed: number }>`select governance.claim_groups(${userId}, ${groups}::text[]) as changed`.execute(tx);
    return rows[0]?.changed ?? 0;
  } catch (error) {
    if (sqlState(error) !== "VS001") throw error;
    await sql`rollback to savepoint groups`.execute(tx);
    return "refused";
  }
}

export interface ProviderSession {
  readonly sessionId: string;
  readonly issuer: string;
  readonly subject: string;
  readonly providerSid: string | null;
  readonly sealedIdToken: Buffer;
}

export async function insertProviderSession(tx: Tx, session: ProviderSession): Promise<void> {
  await sql`
    insert into governance.provider_session (session_id, issuer, subject, provider_sid, sealed_id_token)
    values (${session.sessionId}, ${session.issuer}, ${session.subject}, ${session.providerSid}, ${session.sealedIdToken})`.execute(tx);
}

/** Purpose sign_in. */
export async function findProviderSession(tx: Tx, sessionId: SessionId): Promise<ProviderSession | null> {
  const { rows } = await sql<ProviderSession>`
    select session_id as "sessionId", issuer, subject, provider_sid as "providerSid", sealed_id_token as "sealedIdToken"
    from governance.provider_session where session_id = ${sessionId}`.execute(tx);
  return rows[0] ?? null;
}

/** Purpose sign_in. Open sessions that the provider means: one by its own number, or all of a subject. */
export async function listSessionsOf(
  tx: Tx,
  { issuer, subject, sid }: { issuer: string; subject: string | null; sid: string | null },
): Promise<{ sessionId: string; userId: UserId }[]> {
  const { rows } = await sql<{ sessionId: string; userId: UserId }>`
    select s.session_id as "sessionId", s.user_id as "userId" from governance.provider_session p join governance.session s using (session_id)
    where p.issuer = ${issuer} and s.revoked_at is null and (${sid}::text is null or p.provider_sid = ${sid}) and (${subject}::text is null or p.subject = ${subject})
    limit 100`.execute(tx);
  return rows;
}

/** Purpose sign_in. Whose the subject is, so that the trail names them. */
export async function ownSubject(tx: Tx, issuer: string, userId: UserId): Promise<string | null> {
  const { rows } = await sql<{
    subject: string;
  }>`select subject from governance.external_identity where issuer = ${issuer} and user_id = ${userId}`.execute(tx);
  return rows[0]?.subject ?? null;
}
