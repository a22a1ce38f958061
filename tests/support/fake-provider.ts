import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";

export const CLIENT_ID = "vinculo";
export const CLIENT_SECRET = "the secret of the client";

interface Grant {
  readonly nonce: string | null;
  readonly challenge: string | null;
  readonly claims: Record<string, unknown>;
  readonly how: Misbehaviour;
}

/** What the provider does wrong on purpose. */
export interface Misbehaviour {
  readonly unsigned?: boolean;
  readonly foreignKey?: boolean;
  readonly audience?: string;
  readonly issuer?: string;
  readonly nonce?: string;
}

export interface FakeProvider {
  readonly issuer: string;
  /** `host:port`, for VINCULO_OUTBOUND_INTERNAL_HOSTS. */
  readonly host: string;
  /** As if the person behind the browser had signed in there: the query string it is sent back with. */
  signIn(address: string, claims: Record<string, unknown>, how?: Misbehaviour): string;
  logoutToken(claims: Record<string, unknown>, how?: Misbehaviour): Promise<string>;
  /** false: closes connections unanswered. */
  answers: boolean;
  close(): Promise<void>;
}

/** A small OpenID provider on loopback: discovery, keys, and a token endpoint that holds clients to PKCE and their secret. */
export async function startFakeProvider(): Promise<FakeProvider> {
  const [own, foreign] = [await generateKeyPair("RS256", { extractable: true }), await generateKeyPair("RS256", { extractable: true })];
  const jwk = { ...(await exportJWK(own.publicKey)), kid: "key-1", alg: "RS256", use: "sig" };
  const grants = new Map<string, Grant>();
  const now = () => Math.floor(Date.now() / 1000);
  const sign = (claims: Record<string, unknown>, { unsigned, foreignKey, audience = CLIENT_ID, issuer }: Misbehaviour) => {
    const payload = { iss: issuer ?? provider.issuer, aud: audience, iat: now(), exp: now() + 300, auth_time: now(), ...claims };
    if (unsigned) return new UnsecuredJWT(payload).encode();
    return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "key-1" }).sign(foreignKey ? foreign.privateKey : own.privateKey);
  };
  const token = async (request: IncomingMessage): Promise<[number, unknown]> => {
    const form = new URLSearchParams(await textOf(request));
    const grant = grants.get(form.get("code") ?? "");
    grants.delete(form.get("code") ?? "");
    const basic = Buffer.from((request.headers.authorization ?? "").replace(/^Basic /, ""), "base64").toString();
    if (basic !== `${CLIENT_ID}:${encodeURIComponent(CLIENT_SECRET).replaceAll("%20", "+")}`) return [401, { error: "invalid_client" }];
    const proof = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (grant === undefined || grant.challenge === null || grant.challenge !== proof) return [400, { error: "invalid_grant" }];
    const claims = { nonce: grant.how.nonce ?? grant.nonce, ...grant.claims };
    return [200, { access_token: randomUUID(), token_type: "Bearer", expires_in: 60, id_token: await sign(claims, grant.how) }];
  };
  const server: Server = createServer((request, response) => {
    if (!provider.answers) return request.socket.destroy();
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/.well-known/openid-configuration") return send(200, metadataOf(provider.issuer));
    if (request.url === "/keys") return send(200, { keys: [jwk] });
    if (request.url === "/token")
      return void token(request).then(
        ([status, body]) => send(status, body),
        () => send(500, {}),
      );
    return send(404, {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider: FakeProvider = {
    issuer: `http://${host}`,
    host,
    answers: true,
    signIn(address, claims, how = {}) {
      const asked = new URL(address).searchParams;
      const code = randomUUID();
      const challenge = asked.get("code_challenge_method") === "S256" ? asked.get("code_challenge") : null;
      grants.set(code, { nonce: asked.get("nonce"), challenge, claims, how });
      return new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
    },
    logoutToken: async (claims, how = {}) =>
      sign({ jti: randomUUID(), events: { "http://schemas.openid.net/event/backchannel-logout": {} }, ...claims }, how),
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  return provider;
}

function metadataOf(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/keys`,
    end_session_endpoint: `${issuer}/logout`,
    response_types_supported: ["code"],
    subject_types_supported: ["public"],
    // A careless provider: what it offers does not decide what is taken.
    id_token_signing_alg_values_supported: ["RS256", "none"],
    code_challenge_methods_supported: ["S256"],
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
