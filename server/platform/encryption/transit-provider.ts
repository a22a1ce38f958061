import { readFileSync } from "node:fs";
import { z } from "zod";
import { openOutbound } from "../outbound/index.ts";
import { type KeyProvider, KeysUnavailable, WrongMasterKey } from "./key-provider.ts";

export interface TransitSettings {
  /** https://host:port of HashiCorp Vault or OpenBao; plain http on this machine only. */
  readonly url: string;
  readonly tokenFile: string;
  readonly mount: string;
  readonly key: string;
  /** null: none. */
  readonly namespace: string | null;
}

const Ciphertext = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) }) });
const Plaintext = z.object({ data: z.object({ plaintext: z.base64() }) });
const Described = z.object({ data: z.object({ latest_version: z.int().min(1) }) });

/**
 * The master key in the transit engine of HashiCorp Vault or OpenBao (its HTTP interface, version 1): wrapping is `encrypt`, unwrapping `decrypt`. The token
 * is read from its file at every request, so that an agent can renew it. Asked through the guarded way out: ten seconds, no redirects, one pinned address.
 */
export function openTransitProvider({ url, tokenFile, mount, key, namespace }: TransitSettings): KeyProvider {
  const { host, hostname, protocol, port } = new URL(url);
  const place = port === "" ? `${hostname}:${protocol === "https:" ? 443 : 80}` : host;
  // The operator named this server: it may stand in the bank's own network.
  const outbound = openOutbound({ hosts: [place], internalHosts: [place] });

  async function ask<T>(path: string, shape: z.ZodType<T> | null, body: Record<string, unknown> | null): Promise<T> {
    let answer: Response;
    try {
      const headers = {
        "x-vault-token": readFileSync(tokenFile, "utf8").trim(),
        "x-vault-request": "true",
        "content-type": "application/json",
        ...(namespace === null ? {} : { "x-vault-namespace": namespace }),
      };
      answer = await outbound.fetch(`${url}/v1/${mount}/${path}`, {
        ...(body === null ? { method: "GET" } : { method: "POST", body: JSON.stringify(body) }),
        headers,
      });
    } catch (cause) {
      throw new KeysUnavailable("the key service does not answer", { cause });
    }
    // 400 is what the engine says of a ciphertext that is not of this key; the text of its answer is not passed on.
    if (answer.status === 400 && path.startsWith("decrypt/")) throw new WrongMasterKey("the key service does not open this key");
    if (!answer.ok) throw new KeysUnavailable(`the key service answered ${answer.status}`);
    if (shape === null) return undefined as T;
    const parsed = shape.safeParse(await answer.json().catch(() => null));
    if (!parsed.success) throw new KeysUnavailable("the key service gave an answer that is none");
    return parsed.data;
  }

  return {
    kind: "transit",
    wraps: (wrapped) => wrapped.startsWith("vault:"),
    place: `${url}/v1/${mount}/keys/${key}`,
    masterKey: async () => `${mount}/${key}:v${(await ask(`keys/${key}`, Described, null)).data.latest_version}`,
    wrap: async (plain) => (await ask(`encrypt/${key}`, Ciphertext, { plaintext: plain.toString("base64") })).data.ciphertext,
    unwrap: async (ciphertext) => Buffer.from((await ask(`decrypt/${key}`, Plaintext, { ciphertext })).data.plaintext, "base64"),
    rotate: () => ask(`keys/${key}/rotate`, null, {}),
    rewrap: async (ciphertext) => (await ask(`rewrap/${key}`, Ciphertext, { ciphertext })).data.ciphertext,
  };
}
