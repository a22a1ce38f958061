import { createRemoteJWKSet, customFetch, type JWTPayload, jwtVerify } from "jose";
import * as oidc from "openid-client";
import type { Caller } from "../../platform/caller/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { unseal } from "../../platform/secrets/index.ts";
import { endSessionsBecause, NOBODY, signOut } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { discover, loadProvider } from "./ask-provider.ts";
import type { World } from "./go-and-return.ts";
import { TOKEN_USE } from "./sign-in-by-provider.ts";
import * as store from "./store.ts";

/**
 * Ends the session here, whatever the provider does, and says where the browser ends the one there (OpenID Connect RP-Initiated Logout 1.0); null when the
 * person did not come by the provider, or it cannot be asked.
 */
export async function leaveSession(world: World, caller: Caller): Promise<{ logoutUrl: string | null }> {
  const { sessionId } = caller;
  const session =
    sessionId === null
      ? null
      : await inTransaction(world.db, caller, (tx) => store.findProviderSession(tx, sessionId), { purpose: "sign_in", readOnly: true });
  await inTransaction(world.db, caller, (tx) => signOut(tx, caller, world.clock));
  return { logoutUrl: session === null ? null : await logoutUrl(world, caller.requestId, session).catch(() => null) };
}

async function logoutUrl(world: World, requestId: string, session: store.ProviderSession): Promise<string | null> {
  const { provider, registration } = await loadProvider(world.db, requestId, { inUse: true });
  if (provider.issuer !== session.issuer) return null;
  const config = await discover(world.outbound, world.clock, registration);
  if (config.serverMetadata().end_session_endpoint === undefined) return null;
  return oidc.buildEndSessionUrl(config, {
    id_token_hint: unseal(world.db.contextKey, session.sealedIdToken, { use: TOKEN_USE, about: session.sessionId }),
    post_logout_redirect_uri: `${world.publicUrl.origin}/sign-in`,
  }).href;
}

const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
const LIFE_SECONDS = 300;
const signing = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"];

/**
 * The provider ends one session or all of a person, by a token it signed a moment ago (OpenID Connect Back-Channel Logout 1.0, section 2.6). Told twice it
 * does nothing more. Fails with invalid_input, alike for whatever is wrong with the token.
 */
export async function endSessionsByProvider(world: World, requestId: string, logoutToken: string): Promise<void> {
  const { provider, registration } = await loadProvider(world.db, requestId, { inUse: true });
  const config = await discover(world.outbound, world.clock, registration);
  const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ""), {
    [customFetch]: (url, { headers, method, signal }) =>
      world.outbound.fetch(url, { method, headers: Object.fromEntries(headers), signal }),
  });
  const { payload } = await jwtVerify(logoutToken, keys, {
    ...{ issuer: config.serverMetadata().issuer, audience: provider.clientId, algorithms: signing },
    ...{ maxTokenAge: LIFE_SECONDS, clockTolerance: 30, currentDate: world.clock.now(), requiredClaims: ["iat", "jti", "events"] },
  }).catch((cause: unknown) => {
    throw new DomainError("invalid_input", "the logout token is not right", { cause });
  });
  const { subject, sid, id } = meantBy(payload);
  const nobody = { userId: null, sessionId: null, requestId };
  await inTransaction(
    world.db,
    nobody,
    async (tx) => {
      const expiresAt = new Date(world.clock.now().getTime() + 2 * LIFE_SECONDS * 1000);
      if (!(await store.noteLogout(tx, id, expiresAt))) return;
      const sessions = await store.listSessionsOf(tx, { issuer: provider.issuer, subject, sid });
      for (const { userId, sessionId } of sessions) await endSessionsBecause(tx, world.clock, userId, sessionId);
      const people = [...new Set(sessions.map(({ userId }) => userId))];
      await record(tx, {
        caller: { ...nobody, userId: people[0] ?? NOBODY },
        action: "session.ended_by_provider",
        subjectKind: "user",
        subjectIds: people,
        detail: { sessions: sessions.length },
      });
    },
    { purpose: "sign_in" },
  );
}

function meantBy(payload: JWTPayload): { subject: string | null; sid: string | null; id: string } {
  const events = payload.events;
  const isLogout = typeof events === "object" && events !== null && LOGOUT_EVENT in events;
  const text = (value: unknown) => (typeof value === "string" && value.length <= 255 && !value.includes("\0") ? value : null);
  const [subject, sid, id] = [text(payload.sub), text(payload.sid), text(payload.jti)];
  if (!isLogout || payload.nonce !== undefined || id === null || (subject === null && sid === null))
    throw new DomainError("invalid_input", "this is no logout token");
  return { subject, sid, id };
}
