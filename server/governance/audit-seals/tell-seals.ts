import { existsSync, readFileSync } from "node:fs";
import type { Clock } from "../../platform/clock/index.ts";
import type { AuditConfig } from "../../platform/config/index.ts";
import { appendSeals, readFileEnd } from "./anchors/seal-file.ts";
import { sendToLogHost } from "./anchors/syslog.ts";
import { fetchStamp } from "./anchors/time-stamping.ts";
import { splitPem } from "./proof/verify.ts";
import * as store from "./store.ts";
import * as told from "./told-store.ts";

const BATCH = 500;

export interface TellParts {
  readonly connection: store.SealerConnection;
  readonly audit: AuditConfig;
  readonly clock: Clock;
}

export interface Destination {
  readonly name: string;
  readonly kind: "file" | "syslog" | "timestamp";
  readonly everyMinutes: number | null;
}

/** Where seals are to go, as configured. */
export function destinationsOf({ sealFile, syslog, timestamps }: AuditConfig): Destination[] {
  return [
    { name: sealFile, kind: "file", everyMinutes: null },
    ...(syslog === null
      ? []
      : [{ name: `${syslog.protocol}://${syslog.host}:${syslog.port}`, kind: "syslog" as const, everyMinutes: null }]),
    ...(timestamps === null ? [] : [{ name: timestamps.url, kind: "timestamp" as const, everyMinutes: timestamps.everyMinutes }]),
  ];
}

/** Tells every destination what it has not heard. What fails is kept with its reason and answered, and does not keep the others waiting. */
export async function tellSeals(parts: TellParts): Promise<string[]> {
  const problems: string[] = [];
  for (const destination of destinationsOf(parts.audit)) {
    const before = await told.readAnchor(parts.connection, destination.name);
    try {
      const sealNo = await tell(parts, destination, before);
      const isNews = sealNo !== null && (sealNo !== before?.sealNo || before.problem !== null);
      if (isNews) await told.keepAnchor(parts.connection, destination, sealNo, null);
    } catch (error) {
      await told.keepAnchor(parts.connection, destination, null, sentenceOf(error));
      problems.push(`${destination.kind}: ${sentenceOf(error)}`);
    }
  }
  return problems;
}

/** The last seal that arrived there; null when it is not the time to say. */
async function tell(parts: TellParts, { kind }: Destination, before: told.Anchor | null): Promise<string | null> {
  if (kind === "file") return tellFile(parts);
  if (kind === "syslog") return tellLogHost(parts, before);
  return stampLast(parts, before);
}

async function tellFile({ connection, audit }: TellParts): Promise<string | null> {
  let { last, torn } = await readFileEnd(audit.sealFile);
  if (last !== null) {
    const here = (await store.readSealHashes(connection, [last.no])).get(last.no);
    if (here === undefined) throw new Error(`the file holds seal ${last.no}, which the database has not`);
    if (here !== last.hash) throw new Error(`seal ${last.no} in the file is another one than in the database`);
  }
  for (;;) {
    const seals = await told.readTold(connection, last?.no ?? "0", BATCH);
    const end = seals.at(-1);
    if (end === undefined) return last?.no ?? null;
    await appendSeals(audit.sealFile, seals, torn);
    torn = false;
    last = { no: end.no, hash: end.hash.toString("hex") };
  }
}

/** A log host that is new hears of the last seal first: it holds all before it. */
async function tellLogHost({ connection, audit, clock }: TellParts, before: told.Anchor | null): Promise<string | null> {
  if (audit.syslog === null) return null;
  const heard = before !== null && before.sealNo !== "0" ? before.sealNo : await told.numberBeforeLast(connection);
  const seals = await told.readTold(connection, heard, BATCH);
  if (seals.length === 0) return null;
  await sendToLogHost(audit.syslog, seals, clock.now());
  return seals.at(-1)?.no ?? null;
}

async function stampLast({ connection, audit, clock }: TellParts, before: told.Anchor | null): Promise<string | null> {
  const { timestamps } = audit;
  const last = await store.readLastSeal(connection);
  if (timestamps === null || last === null || last.no === before?.sealNo) return null;
  if (before !== null && clock.now().getTime() < nextStampMs(before, timestamps.everyMinutes)) return null;
  const { token, stampedAt, verified } = await fetchStamp(timestamps.url, last.hash, certificatesOf(timestamps.certificatesFile));
  await told.keepTimestamp(connection, { no: last.no, authority: timestamps.url, token, stampedAt, verified });
  return last.no;
}

/** After a failure it is tried again in a minute, not every three seconds. */
function nextStampMs({ doneAt, triedAt, problem }: told.Anchor, everyMinutes: number): number {
  if (problem !== null) return triedAt.getTime() + 60_000;
  return doneAt === null ? 0 : doneAt.getTime() + everyMinutes * 60_000;
}

export function certificatesOf(file: string | null): string[] {
  if (file === null) return [];
  if (!existsSync(file)) throw new Error(`${file} is not there`);
  return splitPem(readFileSync(file, "utf8"));
}

/** Why it failed, without addresses of files beyond those the operator set: this is shown to auditors. */
function sentenceOf(error: unknown): string {
  const text =
    error instanceof Error ? (error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message) : "unknown";
  return text.replace(/\s+/g, " ").slice(0, 300);
}
