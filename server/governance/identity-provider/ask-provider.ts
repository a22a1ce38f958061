import * as oidc from "openid-client";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { openField, type SealedColumn } from "../../platform/encryption/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Outbound } from "../../platform/outbound/index.ts";
import type { Provider } from "./contract.ts";
import { findProvider, findSecret } from "./store.ts";

export const providerSecrets: SealedColumn = {
  column: "governance.identity_provider_secret.sealed_secret",
  isIndexed: false,
  key: [{ name: "provider_id", type: "int" }],
  rowId: "provider_id",
};
/** There is one provider. */
export const PROVIDER_ID = "1";
const TIMEOUT_SECONDS = 10;
/** What a provider says of itself is asked again after this time, so that a new key or address is found without a restart. */
const REMEMBERED_MS = 10 * 60_000;

export interface Registration {
  readonly issuer: string;
  readonly clientId: string;
  /** null: a public client, which PKCE protects. */
  readonly clientSecret: string | null;
}

/** What stands in the database, with the secret opened. Fails with invalid_state (none, or `inUse` and it is not). */
export async function loadProvider(
  db: Db,
  requestId: string,
  { inUse }: { inUse: boolean },
): Promise<{ provider: Provider; registration: Registration }> {
  const nobody = { userId: null, sessionId: null, requestId };
  const found = await inTransaction(db, nobody, async (tx) => ({ provider: await findProvider(tx), clientSecret: await readSecret(tx) }), {
    purpose: "sign_in",
    readOnly: true,
  });
  const { provider, clientSecret } = found;
  if (provider === null || (inUse && !provider.enabled))
    throw new DomainError("invalid_state", "no identity provider is in use", { detail: { reason: "no_provider" } });
  return { provider, registration: { issuer: provider.issuer, clientId: provider.clientId, clientSecret } };
}

/** The secret of the client, opened: null where there is none. In a transaction of purpose sign_in. */
export async function readSecret(tx: Tx): Promise<string | null> {
  const sealed = await findSecret(tx);
  return sealed === null ? null : (await openField(tx, providerSecrets.column)).open(PROVIDER_ID, sealed);
}

const remembered = new Map<string, { at: number; config: oidc.Configuration }>();

/**
 * What the provider says of itself (OpenID Connect Discovery 1.0), asked through the guarded way out. Signatures of ID tokens are checked against its keys;
 * `alg: none` is none. Fails with unavailable (it does not answer), invalid_state (it is not what it should be), with a reason the administrator can act on.
 */
export async function discover(outbound: Outbound, clock: Clock, registration: Registration): Promise<oidc.Configuration> {
  const key = JSON.stringify(registration);
  const known = remembered.get(key);
  const now = clock.now().getTime();
  if (known !== undefined && now - known.at < REMEMBERED_MS) return known.config;
  const { issuer, clientId, clientSecret } = registration;
  const config = await oidc
    .discovery(new URL(issuer), clientId, clientSecret ?? {}, clientSecret === null ? oidc.None() : oidc.ClientSecretBasic(clientSecret), {
      [oidc.customFetch]: (url, { body, headers, method, signal }) =>
        outbound.fetch(url, { method, headers, body: (body ?? null) as string | URLSearchParams | null, signal }),
      timeout: TIMEOUT_SECONDS,
      execute: [oidc.enableNonRepudiationChecks, ...(issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : [])],
    })
    .catch((cause: unknown) => {
      throw unusable(cause);
    });
  const metadata = config.serverMetadata();
  for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri"] as const)
    if (metadata[name] === undefined)
      throw new DomainError("invalid_state", `the provider names no ${name}`, { detail: { reason: "provider_incomplete" } });
  if (remembered.size > 10) remembered.clear();
  remembered.set(key, { at: now, config });
  return config;
}

/** Fails differently for a server that does not answer and for one that answers something else; never with what it answered. */
function unusable(cause: unknown): DomainError {
  const root = cause instanceof Error ? (cause.cause ?? cause) : cause;
  if (root instanceof DomainError)
    return new DomainError("unavailable", "the identity provider does not answer", { cause, detail: { reason: "provider_down" } });
  return new DomainError("invalid_state", "the identity provider is not what was expected", {
    cause,
    detail: { reason: "provider_unfit" },
  });
}
