import { randomBytes } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startTransit } from "../../../tests/support/fake-transit.ts";
import { Refusal } from "../config/index.ts";
import { openFileProvider } from "./file-provider.ts";
import { type KeyProvider, KeysUnavailable, WrongMasterKey } from "./key-provider.ts";
import { KEY_LIFE_MS, openKeyRing, unwrapBound, wrapBound } from "./key-ring.ts";
import { openTransitProvider } from "./transit-provider.ts";

const folder = mkdtempSync(join(tmpdir(), "vinculo-keys-"));
const transit = await startTransit("s.token");
afterAll(async () => {
  await transit.close();
  rmSync(folder, { recursive: true });
});

let files = 0;
function newFile(): string {
  files += 1;
  return join(folder, String(files), "master.key");
}
function transitProvider(key: string, token = "s.token"): KeyProvider {
  const tokenFile = join(folder, `token-${token}`);
  writeFileSync(tokenFile, `${token}\n`);
  return openTransitProvider({ url: transit.url, tokenFile, mount: "transit", key, namespace: null });
}

describe.each([
  ["a file", () => openFileProvider(newFile(), true)],
  ["a transit engine", () => transitProvider("vinculo")],
] as const)("the master key in %s", (_, open) => {
  const key = randomBytes(32);

  test("opens what it wrapped, before and after it gets a new version", async () => {
    const provider = open();
    const wrapped = await wrapBound(provider, key, "a.b.c 1");
    const first = await provider.masterKey();
    await provider.rotate();
    const anew = await provider.rewrap(wrapped);
    expect(await provider.masterKey()).not.toBe(first);
    expect(anew).not.toBe(wrapped);
    for (const one of [wrapped, anew]) expect((await unwrapBound(provider, one, "a.b.c 1")).equals(key)).toBe(true);
  });

  test("does not open a key put in another column's place, nor one that was changed", async () => {
    const provider = open();
    const wrapped = await wrapBound(provider, key, "a.b.c 1");
    await expect(unwrapBound(provider, wrapped, "a.b.other 1")).rejects.toThrow(WrongMasterKey);
    await expect(unwrapBound(provider, wrapped.replace(/.{6}$/, "AAAAA="), "a.b.c 1")).rejects.toThrow(WrongMasterKey);
  });
});

test("F24: what is unwrapped serves five minutes without the provider, then nothing opens until it is back", async () => {
  let nowMs = 0;
  const path = newFile();
  const provider = openFileProvider(path, true);
  const wrapped = await wrapBound(provider, randomBytes(32), "a.b.c 1");
  const ring = openKeyRing(provider, () => nowMs);
  await ring.open(wrapped, "a.b.c 1");
  renameSync(path, `${path}.gone`);
  nowMs = KEY_LIFE_MS - 1;
  await ring.open(wrapped, "a.b.c 1");
  nowMs = KEY_LIFE_MS;
  await expect(ring.open(wrapped, "a.b.c 1")).rejects.toMatchObject({ code: "unavailable", detail: { reason: "key_provider" } });
  renameSync(`${path}.gone`, path);
  expect(await ring.open(wrapped, "a.b.c 1")).toHaveLength(32);
});

test("another master key is told from a provider that is away", async () => {
  const wrapped = await wrapBound(openFileProvider(newFile(), true), randomBytes(32), "a.b.c 1");
  const ring = openKeyRing(openFileProvider(newFile(), true));
  await expect(ring.open(wrapped, "a.b.c 1")).rejects.toMatchObject({ code: "unavailable", detail: { reason: "wrong_master_key" } });
});

describe("the file", () => {
  test("is its owner's alone, and one that others may read is refused", () => {
    const path = newFile();
    openFileProvider(path, true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    chmodSync(path, 0o640);
    expect(() => openFileProvider(path, true)).toThrow(Refusal);
  });

  test("is not made anew where a database was encrypted with one that is missing", () => {
    const path = newFile();
    expect(() => openFileProvider(path, false)).toThrow(/The master key is missing/);
    expect(() => readFileSync(path)).toThrow();
  });

  test("cut or spoilt is refused", () => {
    const path = newFile();
    openFileProvider(path, true);
    writeFileSync(path, readFileSync(path, "utf8").slice(0, 20));
    expect(() => openFileProvider(path, true)).toThrow(/is no master key/);
  });
});

describe("the transit engine", () => {
  test("closed, with a wrong token or with nonsense for an answer is away: no key is made up", async () => {
    const nonsense = await listening(createServer((_, answer) => answer.end("<html>")));
    const at = (url: string) =>
      openTransitProvider({ url, tokenFile: join(folder, "token-s.token"), mount: "transit", key: "k", namespace: null });
    for (const provider of [at("http://127.0.0.1:1"), transitProvider("k", "wrong"), at(`http://127.0.0.1:${nonsense.port}`)])
      await expect(provider.wrap(randomBytes(32))).rejects.toThrow(KeysUnavailable);
    await nonsense.close();
  });

  test("is never told a key twice in one form, and sees the token only", async () => {
    const provider = transitProvider("seen");
    await wrapBound(provider, Buffer.alloc(32, 9), "a.b.c 1");
    expect(transit.asked.at(-1)).toMatchObject({ path: "/v1/transit/encrypt/seen", token: "s.token" });
  });
});

async function listening(server: Server): Promise<{ port: number; close: () => Promise<void> }> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise<void>((resolve) => void server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, close };
}
