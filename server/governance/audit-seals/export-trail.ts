import { once } from "node:events";
import { createWriteStream, existsSync, rmSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Refusal } from "../../platform/config/index.ts";
import type { Head } from "./proof/bundle.ts";
import { canonicalJson } from "./proof/canonical-json.ts";
import { NO_SEAL_BEFORE, readStatement } from "./proof/statement.ts";
import type { SealKey } from "./seal-key.ts";
import * as store from "./store.ts";

export interface TrailExport {
  readonly connection: store.SealerConnection;
  readonly key: SealKey;
  /** Days in UTC, both included; null: without bound. */
  readonly from: string | null;
  readonly to: string | null;
  /** Ends in .gz: gzipped. Must not be there yet. */
  readonly file: string;
  readonly now: Date;
}

const NO_CEILING = "9223372036854775807";

/**
 * Writes the seals that hold rows of these days with all their rows, the public keys and the time stamps into one file that `proof/verify.ts` checks by itself.
 * Whole or not at all. Fails with Refusal: the file is there already, or no row of these days is sealed.
 */
export async function exportTrail(order: TrailExport): Promise<Head> {
  const { connection, file } = order;
  if (existsSync(file)) throw new Refusal(`${file} is there already: name another file.`);
  await connection.query("begin isolation level repeatable read read only");
  try {
    const head = await headOf(order);
    const beside = `${file}.part`;
    try {
      await writeFile(beside, file.endsWith(".gz"), linesOf(order, head));
      await settle(beside, file);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
    return head;
  } finally {
    await connection.query("rollback").catch(() => undefined);
  }
}

async function headOf({ connection, key, from, to, now }: TrailExport): Promise<Head> {
  const span = await store.readSealSpan(connection, from, to);
  if (span === null) throw new Refusal("No row of these days is sealed.");
  const before = String(BigInt(span.first) - 1n);
  const hashes = await store.readSealHashes(connection, [before, span.last]);
  const keys = await store.readPublicKeys(connection);
  const own = { keyId: key.keyId, publicKey: key.publicKey.export({ type: "spki", format: "der" }) };
  return {
    format: "vinculo-trail-1",
    madeAt: now.toISOString(),
    from,
    to,
    firstSeal: span.first,
    lastSeal: span.last,
    previous: hashes.get(before) ?? NO_SEAL_BEFORE,
    lastHash: hashes.get(span.last) ?? "",
    rows: span.rows,
    keys: Object.fromEntries([...keys, own].map(({ keyId, publicKey }) => [keyId, publicKey.toString("base64")])),
    key: key.keyId,
  };
}

async function* linesOf({ connection, key }: TrailExport, head: Head): AsyncGenerator<string> {
  yield `${JSON.stringify({ kind: "head", head, signature: key.sign(canonicalJson(head)).toString("base64") })}\n`;
  const starts = await store.readFreshStarts(connection);
  for (let after = String(BigInt(head.firstSeal) - 1n); ; ) {
    const seals = await store.readSeals(connection, after, head.lastSeal);
    const last = seals.at(-1);
    if (last === undefined) break;
    for (const seal of seals) yield await sealLines(connection, seal, starts);
    for (const { no, authority, token } of await store.readTimestamps(connection, seals[0]?.no ?? "0", last.no))
      yield `${JSON.stringify({ kind: "timestamp", seal: no, authority, token: token.toString("base64") })}\n`;
    after = last.no;
  }
}

async function sealLines(
  connection: store.SealerConnection,
  seal: store.StoredSeal,
  starts: readonly { no: string; above: string }[],
): Promise<string> {
  const { statement, signature, entries } = seal;
  const line = { kind: "seal", statement, signature: signature.toString("base64"), entries: entries.toString("base64") };
  const rows = await rowsOf(connection, seal, starts);
  return `${JSON.stringify(line)}\n${rows.map((row) => `${JSON.stringify({ kind: "row", row })}\n`).join("")}`;
}

/** What the database holds under a seal, fault or not: judging it is the verifier's. */
async function rowsOf(
  connection: store.SealerConnection,
  seal: store.StoredSeal,
  starts: readonly { no: string; above: string }[],
): Promise<store.SealedRow[]> {
  const read = readStatement(seal.statement);
  if (read === null) return [];
  if (read.upto !== null) return store.readNumbered(connection, read.above, read.upto);
  const ceiling = starts.find(({ no }) => BigInt(no) > BigInt(seal.no))?.above ?? NO_CEILING;
  return store.readWindow(connection, { from: read.from, to: read.to, above: read.above, ceiling });
}

async function writeFile(path: string, zipped: boolean, lines: AsyncIterable<string>): Promise<void> {
  const output = createWriteStream(path, { flags: "wx", mode: 0o600 });
  await once(output, "open");
  await pipeline(lines, zipped ? createGzip() : new PassThrough(), output);
}

/** On disk under its name, or not there at all. */
async function settle(beside: string, file: string): Promise<void> {
  const written = await open(beside, "r");
  await written.sync().finally(() => written.close());
  await rename(beside, file);
  const folder = await open(dirname(file), "r");
  await folder.sync().finally(() => folder.close());
}
