import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on the loopback that speaks the transit engine's HTTP interface (version 1) as far as Vinculo asks. */
export interface FakeTransit {
  readonly url: string;
  readonly asked: { path: string; token: string | undefined }[];
  close(): Promise<void>;
}

export async function startTransit(token: string): Promise<FakeTransit> {
  const keys = new Map<string, Buffer[]>();
  const asked: FakeTransit["asked"] = [];
  const server = createServer((request, answer) => {
    const path = request.url ?? "";
    asked.push({ path, token: request.headers["x-vault-token"]?.toString() });
    void readBody(request).then((body) => {
      if (request.headers["x-vault-token"] !== token) {
        tell(answer, 403, { errors: ["permission denied"] });
        return;
      }
      const [, name = ""] = /\/keys\/([^/]+)/.exec(path) ?? /\/(?:encrypt|decrypt|rewrap)\/([^/]+)$/.exec(path) ?? [];
      const versions = keys.get(name) ?? [randomBytes(32)];
      keys.set(name, versions);
      serve(path, versions, body, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

function serve(path: string, versions: Buffer[], body: Record<string, string>, answer: ServerResponse): void {
  try {
    if (path.endsWith("/rotate")) {
      versions.push(randomBytes(32));
      tell(answer, 204, null);
    } else if (path.includes("/keys/")) tell(answer, 200, { data: { latest_version: versions.length } });
    else if (path.includes("/encrypt/")) tell(answer, 200, { data: { ciphertext: encrypt(versions, body.plaintext ?? "") } });
    else {
      const plaintext = decrypt(versions, body.ciphertext ?? "");
      tell(answer, 200, { data: path.includes("/decrypt/") ? { plaintext } : { ciphertext: encrypt(versions, plaintext) } });
    }
  } catch {
    tell(answer, 400, { errors: ["invalid ciphertext"] });
  }
}

function encrypt(versions: readonly Buffer[], plaintext: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", versions.at(-1) as Buffer, iv);
  const bytes = Buffer.concat([iv, cipher.update(plaintext, "base64"), cipher.final(), cipher.getAuthTag()]);
  return `vault:v${versions.length}:${bytes.toString("base64")}`;
}

function decrypt(versions: readonly Buffer[], ciphertext: string): string {
  const [, version = "", content = ""] = /^vault:v(\d+):(.+)$/.exec(ciphertext) ?? [];
  const bytes = Buffer.from(content, "base64");
  const decipher = createDecipheriv("aes-256-gcm", versions[Number(version) - 1] as Buffer, bytes.subarray(0, 12), { authTagLength: 16 });
  decipher.setAuthTag(bytes.subarray(-16));
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString("base64");
}

async function readBody(request: IncomingMessage): Promise<Record<string, string>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Record<string, string>);
}

function tell(answer: ServerResponse, status: number, body: unknown): void {
  answer.writeHead(status, { "content-type": "application/json" });
  answer.end(body === null ? undefined : JSON.stringify(body));
}
