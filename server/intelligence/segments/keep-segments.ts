import { groupsGone } from "../../customers/directory/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { publish } from "../../platform/events/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { SEGMENTS_MAX, type SegmentFilter } from "./contract.ts";
import { checkFilter, keysOf, permissionsOf, segmentsIn } from "./fields.ts";
import { segmentChanged } from "./segment-changed.ts";
import * as store from "./segment-store.ts";

export interface SegmentWish {
  readonly name: string;
  readonly note: string | null;
  readonly shared: boolean;
  readonly filter: SegmentFilter;
}

/** Keeps a segment; order its settling in the same transaction. Fails with not_allowed, invalid_input, limit_reached. */
export async function createSegment(tx: Tx, caller: Caller, wish: SegmentWish): Promise<{ segmentId: string }> {
  permit(caller, "segment:write");
  await checkParts(tx, caller, null, wish.filter);
  return { segmentId: await insert(tx, caller, { ...wish, definition: { filter: wish.filter }, keys: keysOf(wish.filter) }) };
}

export interface KeptSegment {
  readonly name: string;
  readonly note: string | null;
  readonly shared: boolean;
  readonly definition: store.Definition;
  readonly keys: readonly string[];
}

export async function insert(tx: Tx, caller: Caller, { keys, ...kept }: KeptSegment): Promise<string> {
  if ((await store.listSegments(tx, SEGMENTS_MAX)).length >= SEGMENTS_MAX)
    throw new DomainError("limit_reached", "there are as many segments as can be kept", { detail: { limit: "segments" } });
  const segmentId: string = newId();
  await store.insertSegment(tx, { ...kept, segmentId, permissions: permissionsOf(keys) }, caller.userId);
  await record(tx, { caller, action: "segment.created", subjectKind: "segment", subjectIds: [segmentId], query: kept.definition });
  return segmentId;
}

export interface SegmentChange extends Omit<SegmentWish, "filter"> {
  readonly version: number;
  /** null: as it is. */
  readonly filter: SegmentFilter | null;
}

/** Fails with not_allowed, not_found, conflict (another version), invalid_input. */
export async function changeSegment(tx: Tx, caller: Caller, segmentId: string, change: SegmentChange): Promise<{ version: number }> {
  permit(caller, "segment:write");
  const segment = await own(tx, caller, segmentId);
  if (change.filter !== null) await checkParts(tx, caller, segmentId, change.filter);
  const definition = change.filter === null ? segment.definition : { filter: change.filter };
  const keys = "filter" in definition ? keysOf(definition.filter) : definition.cluster.keys;
  const draft = { ...change, segmentId, definition, permissions: permissionsOf(keys) };
  if (!(await store.updateSegment(tx, draft, change.version, caller.userId)))
    throw new DomainError("conflict", "the segment was changed meanwhile");
  await record(tx, {
    caller,
    action: "segment.changed",
    subjectKind: "segment",
    subjectIds: [segmentId],
    query: definition,
    detail: { version: change.version + 1 },
  });
  if (change.filter !== null) await publish(tx, segmentChanged, { key: segmentId, payload: { segmentId } });
  return { version: change.version + 1 };
}

/** Fails with not_allowed, not_found. */
export async function archiveSegment(tx: Tx, caller: Caller, segmentId: string): Promise<void> {
  permit(caller, "segment:write");
  await own(tx, caller, segmentId);
  await store.archive(tx, segmentId, caller.userId);
  await record(tx, { caller, action: "segment.archived", subjectKind: "segment", subjectIds: [segmentId] });
  await publish(tx, segmentChanged, { key: segmentId, payload: { segmentId } });
}

async function own(tx: Tx, caller: Caller, segmentId: string): Promise<store.SegmentRow> {
  const segment = await store.findSegment(tx, segmentId);
  if (segment === null) throw new DomainError("not_found", "there is no such segment");
  if (segment.ownerId !== caller.userId) throw new DomainError("not_allowed", "a segment is changed by its owner");
  return segment;
}

/** A segment may build on others, but these on none: so there is no circle. */
async function checkParts(tx: Tx, caller: Caller, segmentId: string | null, filter: SegmentFilter): Promise<void> {
  checkFilter(caller, filter);
  for (const id of segmentsIn(filter)) {
    const part = await store.findSegment(tx, id);
    if (part === null) throw await groupsGone(tx, [id]);
    const wrong = id === segmentId || ("filter" in part.definition && segmentsIn(part.definition.filter).length > 0);
    if (wrong) throw new DomainError("invalid_input", "a segment builds on itself, or on one that builds on others");
  }
}
