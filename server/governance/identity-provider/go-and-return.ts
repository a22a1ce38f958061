import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import * as oidc from "openid-client";
import type { UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Outbound } from "../../platform/outbound/index.ts";
import { discover, loadProvider } from "./ask-provider.ts";
import type { Departure, Provider } from "./contract.ts";
import { insertTrip, type TripPurpose, takeTrip } from "./store.ts";

const TRIP_MS = 10 * 60_000;
/** How long ago somebody may have proven themselves at the provider to count as "now" (OpenID Connect Core 1.0, max_age). */
const FRESH_SECONDS = 60;

export interface World {
  readonly db: Db;
  readonly clock: Clock;
  readonly outbound: Outbound;
  readonly publicUrl: URL;
}

interface Trip {
  readonly verifier: string;
  readonly nonce: string;
  /** SHA-256 of what only the browser that left knows: coming back in another is refused. */
  readonly secretHash: string;
  readonly version: number;
  /** For a proof: the act it is for. */
  readonly actionHash?: string | undefined;
}

export interface Leaving {
  readonly purpose: TripPurpose;
  readonly userId: UserId | null;
  readonly requestId: string;
  readonly actionHash?: string;
}

const hash = (text: string) => createHash("sha256").update(text).digest("base64url");

export const redirectOf = (publicUrl: URL): string => `${publicUrl.origin}/sign-in/return`;

/**
 * The address at the provider: authorization code with PKCE S256, state and nonce, each for this one time. Fails with invalid_state (no provider in use,
 * or it is unfit), unavailable (it does not answer).
 */
export async function leave({ db, clock, outbound, publicUrl }: World, leaving: Leaving): Promise<Departure> {
  const { purpose, userId, requestId, actionHash } = leaving;
  const { provider, registration } = await loadProvider(db, requestId, { inUse: purpose !== "oidc_try" });
  const config = await discover(outbound, clock, registration);
  const [verifier, nonce, secret] = [oidc.randomPKCECodeVerifier(), oidc.randomNonce(), randomBytes(32).toString("base64url")];
  const trip: Trip = { verifier, nonce, secretHash: hash(secret), version: provider.version, actionHash };
  const expiresAt = new Date(clock.now().getTime() + TRIP_MS);
  const nobody = { userId, sessionId: null, requestId };
  const state = await inTransaction(db, nobody, (tx) => insertTrip(tx, { purpose, userId, value: JSON.stringify(trip), expiresAt }), {
    purpose: "sign_in",
  });
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectOf(publicUrl),
    scope: "openid email profile",
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    state,
    nonce,
    ...(purpose === "oidc_step_up" ? { prompt: "login", max_age: String(FRESH_SECONDS) } : {}),
  });
  return { url: url.href, state, secret };
}

export interface Returning {
  readonly purpose: TripPurpose;
  readonly userId: UserId | null;
  readonly requestId: string;
  readonly parameters: string;
  readonly secret: string;
}

export interface Returned {
  readonly provider: Provider;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly idToken: string;
  readonly actionHash: string | null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * What the provider says of who came back, after state, secret, code, nonce, issuer, audience, time and signature were all found right. Everything that
 * is not is one and the same refusal; what it was stands in its cause, for the log. Fails with sign_in_failed, unavailable, invalid_state.
 */
export async function comeBack({ db, clock, outbound, publicUrl }: World, returning: Returning): Promise<Returned> {
  const { purpose, userId, requestId, parameters, secret } = returning;
  const state = new URLSearchParams(parameters).get("state") ?? "";
  if (!uuid.test(state)) throw failed("there is no state");
  const nobody = { userId, sessionId: null, requestId };
  const value = await inTransaction(db, nobody, (tx) => takeTrip(tx, state, { purpose, userId }, clock.now()), {
    purpose: "sign_in",
    retry: false,
  });
  if (value === null) throw failed("nobody left with this state, or too long ago");
  const trip = JSON.parse(value) as Trip;
  if (!timingSafeEqual(Buffer.from(hash(secret)), Buffer.from(trip.secretHash))) throw failed("another browser left");
  const { provider, registration } = await loadProvider(db, requestId, { inUse: purpose !== "oidc_try" });
  if (provider.version !== trip.version && purpose === "oidc_try") throw failed("the settings were changed meanwhile");
  const config = await discover(outbound, clock, registration);
  const tokens = await oidc
    .authorizationCodeGrant(config, new URL(`${redirectOf(publicUrl)}?${parameters}`), {
      pkceCodeVerifier: trip.verifier,
      expectedState: state,
      expectedNonce: trip.nonce,
      idTokenExpected: true,
      ...(purpose === "oidc_step_up" ? { maxAge: FRESH_SECONDS } : {}),
    })
    .catch((cause: unknown) => {
      throw unproven(cause);
    });
  const claims = tokens.claims();
  if (claims === undefined || tokens.id_token === undefined) throw failed("there is no ID token");
  return { provider, claims, idToken: tokens.id_token, actionHash: trip.actionHash ?? null };
}

function unproven(cause: unknown): DomainError {
  const root = cause instanceof Error ? (cause.cause ?? cause) : cause;
  if (root instanceof DomainError && root.code === "unavailable")
    return new DomainError("unavailable", "the identity provider does not answer", { cause, detail: { reason: "provider_down" } });
  if (cause instanceof oidc.AuthorizationResponseError && cause.error === "access_denied")
    return new DomainError("sign_in_failed", "refused at the provider", { cause, detail: { reason: "refused_there" } });
  return failed("the answer of the provider is not right", cause);
}

const failed = (why: string, cause?: unknown) => new DomainError("sign_in_failed", why, { cause, detail: { reason: "not_proven" } });
