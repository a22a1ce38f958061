import { sql, type Tx } from "../../platform/db/index.ts";
import type { SegmentFilter } from "./contract.ts";
import type { ClusterDefinition } from "./predicate-store.ts";

export type Definition =
  | { readonly filter: SegmentFilter }
  | { readonly cluster: ClusterDefinition; readonly traits: readonly { key: string; z: number }[] };

export interface SegmentRow {
  readonly segmentId: string;
  readonly name: string;
  readonly note: string | null;
  readonly ownerId: string;
  readonly shared: boolean;
  readonly definition: Definition;
  readonly version: number;
  readonly computedAt: Date | null;
  readonly changedAt: Date;
  /** All it asks about was there when it was last computed. */
  readonly isAnswerable: boolean;
  /** Of the whole bank. */
  readonly members: number | null;
}

const columns = sql`
  s.segment_id as "segmentId", s.name, s.note, s.owner_id as "ownerId", s.shared, s.definition, s.version, s.computed_at as "computedAt", s.changed_at as "changedAt", s.answerable as "isAnswerable", s.members`;

/** Those the caller may see (row security), the newest change first. */
export async function listSegments(tx: Tx, rows: number): Promise<SegmentRow[]> {
  const found =
    await sql<SegmentRow>`select ${columns} from intelligence.segment s where s.archived_at is null order by s.changed_at desc, s.segment_id limit ${rows}`.execute(
      tx,
    );
  return found.rows;
}

export async function findSegment(tx: Tx, segmentId: string): Promise<SegmentRow | null> {
  const { rows } =
    await sql<SegmentRow>`select ${columns} from intelligence.segment s where s.segment_id = ${segmentId} and s.archived_at is null`.execute(
      tx,
    );
  return rows[0] ?? null;
}

/** Of these, those there are for the caller, in no order. */
export async function findSegments(tx: Tx, segmentIds: readonly string[]): Promise<SegmentRow[]> {
  if (segmentIds.length === 0) return [];
  const { rows } =
    await sql<SegmentRow>`select ${columns} from intelligence.segment s where s.segment_id = any (${segmentIds}::uuid[]) and s.archived_at is null`.execute(
      tx,
    );
  return rows;
}

export interface SegmentDraft {
  readonly segmentId: string;
  readonly name: string;
  readonly note: string | null;
  readonly shared: boolean;
  readonly definition: Definition;
  readonly permissions: readonly string[];
}

export async function insertSegment(tx: Tx, draft: SegmentDraft, ownerId: string): Promise<void> {
  await sql`insert into intelligence.segment (segment_id, name, note, owner_id, shared, definition, permissions)
    values (${draft.segmentId}, ${draft.name}, ${draft.note}, ${ownerId}, ${draft.shared}, ${JSON.stringify(draft.definition)}::jsonb, ${draft.permissions}::text[])`.execute(
    tx,
  );
  await insertVersion(tx, draft, 1, ownerId);
}

async function insertVersion(tx: Tx, { segmentId, name, definition }: SegmentDraft, version: number, by: string): Promise<void> {
  await sql`insert into intelligence.segment_version (segment_id, version, name, definition, changed_by)
    values (${segmentId}, ${version}, ${name}, ${JSON.stringify(definition)}::jsonb, ${by})`.execute(tx);
}

/** The next version; false: somebody was faster, or it is not the caller's own. */
export async function updateSegment(tx: Tx, draft: SegmentDraft, version: number, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update intelligence.segment set name = ${draft.name}, note = ${draft.note}, shared = ${draft.shared}, definition = ${JSON.stringify(draft.definition)}::jsonb,
      permissions = ${draft.permissions}::text[], version = version + 1, changed_at = now(), computed_at = null, answerable = true
    where segment_id = ${draft.segmentId} and version = ${version} and owner_id = ${by} and archived_at is null`.execute(tx);
  if (numAffectedRows !== 1n) return false;
  await insertVersion(tx, draft, version + 1, by);
  return true;
}

export async function archive(tx: Tx, segmentId: string, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update intelligence.segment set archived_at = now() where segment_id = ${segmentId} and owner_id = ${by} and archived_at is null`.execute(
    tx,
  );
  return numAffectedRows === 1n;
}

export interface Version {
  readonly version: number;
  readonly name: string;
  readonly changedAt: Date;
  readonly changedBy: string;
}

export async function listVersions(tx: Tx, segmentId: string, rows: number): Promise<Version[]> {
  const found = await sql<Version>`
    select version, name, changed_at as "changedAt", changed_by as "changedBy" from intelligence.segment_version where segment_id = ${segmentId} order by version desc limit ${rows}`.execute(
    tx,
  );
  return found.rows;
}

export interface Day {
  readonly day: string;
  readonly version: number;
  readonly members: number;
  readonly joined: number;
  readonly gone: number;
  readonly makeup: Readonly<Record<string, readonly number[]>>;
}

export async function listDays(tx: Tx, segmentId: string, rows: number): Promise<Day[]> {
  const found = await sql<Day>`
    select day, version, members, joined, gone, makeup from intelligence.segment_day where segment_id = ${segmentId} order by day desc limit ${rows}`.execute(
    tx,
  );
  return found.rows.reverse();
}
