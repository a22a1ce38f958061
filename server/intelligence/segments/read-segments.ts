import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { factsFor } from "../facts/index.ts";
import { HISTORY_DAYS_MAX, MEMBERS_PAGE_ROWS, MOVES_ROWS_MAX, SEGMENTS_MAX } from "./contract.ts";
import * as members from "./member-store.ts";
import { driftOf } from "./rules.ts";
import * as store from "./segment-store.ts";

/** The caller's own segments and the shared ones whose facts they may see. */
export async function listSegments(tx: Tx, caller: Caller) {
  permit(caller, "segment:read");
  const segments = await store.listSegments(tx, SEGMENTS_MAX);
  return { segments: await summaries(tx, caller, segments) };
}

async function summaries(tx: Tx, caller: Caller, segments: readonly store.SegmentRow[]) {
  const names = await readNames(tx, [...new Set(segments.map(({ ownerId }) => ownerId))]);
  const counts = await members.countMembers(
    tx,
    segments.map(({ segmentId }) => segmentId),
  );
  return segments.map(({ segmentId, name, note, shared, version, ownerId, definition, computedAt, changedAt }) => ({
    ...{ segmentId, name, note, shared, version },
    ownerName: names.get(ownerId) ?? null,
    own: ownerId === caller.userId,
    kind: "filter" in definition ? ("rules" as const) : ("cluster" as const),
    members: computedAt === null ? null : (counts.get(segmentId) ?? 0),
    computedAt: computedAt?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
  }));
}

/** Fails with not_found. */
export async function findSegment(tx: Tx, segmentId: string): Promise<store.SegmentRow> {
  const segment = await store.findSegment(tx, segmentId);
  if (segment === null) throw new DomainError("not_found", "there is no such segment");
  return segment;
}

/** Fails with not_allowed, not_found. */
export async function readSegment(tx: Tx, caller: Caller, segmentId: string) {
  permit(caller, "segment:read");
  const segment = await findSegment(tx, segmentId);
  const [summary] = await summaries(tx, caller, [segment]);
  if (summary === undefined) throw new DomainError("not_found", "there is no such segment");
  const { definition } = segment;
  return {
    ...summary,
    filter: "filter" in definition ? definition.filter : null,
    traits: "filter" in definition ? [] : [...definition.traits],
  };
}

/** Fails with not_allowed, not_found, limit_reached. */
export async function listMembers(tx: Tx, caller: Caller, segmentId: string, after: string | undefined) {
  permit(caller, "segment:read");
  permit(caller, "customer:read");
  await findSegment(tx, segmentId);
  const rows = await members.listMembers(tx, segmentId, after ?? null, MEMBERS_PAGE_ROWS + 1);
  const page = rows.slice(0, MEMBERS_PAGE_ROWS);
  const subjectIds = page.map(({ customerId }) => customerId);
  await record(tx, { caller, action: "segment.members_listed", subjectKind: "customer", subjectIds, detail: { segmentId } });
  return { members: page, next: rows.length > page.length ? (page.at(-1)?.customerId ?? null) : null };
}

/** Fails with not_allowed, not_found, limit_reached. */
export async function readHistory(tx: Tx, caller: Caller, segmentId: string) {
  permit(caller, "segment:read");
  permit(caller, "customer:read");
  await findSegment(tx, segmentId);
  const days = await store.listDays(tx, segmentId, HISTORY_DAYS_MAX);
  const moves = await members.listMoves(tx, segmentId, MOVES_ROWS_MAX);
  const versions = await store.listVersions(tx, segmentId, 100);
  const names = await readNames(tx, [...new Set(versions.map(({ changedBy }) => changedBy))]);
  const subjectIds = [...new Set(moves.map(({ customerId }) => customerId))];
  await record(tx, { caller, action: "segment.history_viewed", subjectKind: "customer", subjectIds, detail: { segmentId } });
  const first = days[0]?.makeup ?? {};
  return {
    days: days.map(({ makeup, ...day }) => ({ ...day, drift: driftOf(first, makeup) })),
    moves,
    versions: versions.map(({ version, name, changedAt, changedBy }) => ({
      version,
      name,
      changedAt: changedAt.toISOString(),
      changedByName: names.get(changedBy) ?? null,
    })),
  };
}

const DIFFERENCES_MAX = 10;

/** Fails with not_allowed, not_found. */
export async function compareSegments(tx: Tx, caller: Caller, first: string, second: string) {
  permit(caller, "segment:read");
  permit(caller, "customer:read");
  await findSegment(tx, first);
  await findSegment(tx, second);
  const overlap = await members.readOverlap(tx, first, second);
  const facts = factsFor(caller).filter(({ kind }) => kind !== "code");
  const means = await members.readMeans(
    tx,
    first,
    second,
    facts.map(({ key, kind }) => ({ key, sql: asNumber(key, kind) })),
  );
  await record(tx, { caller, action: "segment.compared", subjectKind: "segment", subjectIds: [first, second] });
  const differences = facts
    .map(({ key }) => {
      const [a, b, spread] = [means[`${key} first`] ?? null, means[`${key} second`] ?? null, means[`${key} spread`] ?? null];
      return { key, first: a, second: b, effect: a === null || b === null || spread === null || spread === 0 ? 0 : (a - b) / spread };
    })
    .filter(({ effect }) => Math.abs(effect) > 0.05)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  return { ...overlap, differences: differences.slice(0, DIFFERENCES_MAX) };
}

/** A fact as a number over `f`; days and years before the day of the facts. */
export function asNumber(key: string, kind: string): string {
  if (kind === "days") return `f.as_of - f.${key}`;
  if (kind === "years") return `(f.as_of - f.${key}) / 365.25`;
  if (kind === "ahead") return `f.${key} - f.as_of`;
  return kind === "flag" ? `f.${key}::int` : `f.${key}`;
}

const CODES_MAX = 200;

export async function readChoices(tx: Tx, caller: Caller) {
  permit(caller, "segment:read");
  const open = factsFor(caller).filter(({ kind, codes }) => kind === "code" && codes === null);
  return {
    codes: await members.readCodes(
      tx,
      open.map(({ key }) => key),
      CODES_MAX,
    ),
    branches: await members.listBranches(tx),
  };
}
