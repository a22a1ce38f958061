import { groupsGone } from "../../customers/directory/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import type { SegmentFilter } from "./contract.ts";
import { allFields, columnsOf, keysOf, segmentsIn } from "./fields.ts";
import { clusterPredicate, type Predicate, predicateOf } from "./predicate-store.ts";
import { faultOf } from "./rules.ts";
import * as store from "./segment-store.ts";

/** A segment as a question over facts `f`. Who objects to profiling is in none: leaving them out is left to who asks. */
export interface AskedSegment {
  readonly segmentId: string;
  readonly version: number;
  readonly predicate: Predicate;
  /** All that the predicate reads of `f`. */
  readonly columns: readonly string[];
}

const keysIn = (definition: store.Definition): string[] =>
  "filter" in definition ? keysOf(definition.filter) : [...definition.cluster.keys];

/** Whether everything it asks about is still to be had: facts go with a newer version of the product. */
export const canBeAsked = (definition: store.Definition): boolean =>
  "filter" in definition ? faultOf(definition.filter, allFields) === null : definition.cluster.keys.every((key) => allFields.has(key));

const partsOf = (definition: store.Definition): string[] => ("filter" in definition ? segmentsIn(definition.filter) : []);

/** A segment builds on others that build on none; changed later, these may. A circle ends here and has nobody in it. */
const DEPTH_MAX = 4;

/**
 * These segments as they are to be asked on that day, from facts alone and not from who was in them before; those they build on are asked with them. One that
 * was put away, that asks about what there is no more or about `without`, or that builds on such a one, is not in the answer: it has nobody in it.
 */
export async function askSegments(
  tx: Tx,
  segmentIds: readonly string[],
  day: string,
  without: readonly string[] = [],
  depth: number = DEPTH_MAX,
): Promise<ReadonlyMap<string, AskedSegment>> {
  if (segmentIds.length === 0 || depth === 0) return new Map();
  const found = (await store.findSegments(tx, segmentIds)).filter(
    ({ definition }) => canBeAsked(definition) && !keysIn(definition).some((key) => without.includes(key)),
  );
  const parts = await askSegments(
    tx,
    found.flatMap(({ definition }) => partsOf(definition)),
    day,
    without,
    depth - 1,
  );
  const whole = found.filter(({ definition }) => partsOf(definition).every((id) => parts.has(id)));
  return new Map(whole.map((segment) => [segment.segmentId, ask(segment, day, parts)]));
}

function ask({ segmentId, version, definition }: store.SegmentRow, day: string, parts: ReadonlyMap<string, AskedSegment>): AskedSegment {
  if (!("filter" in definition)) {
    const { cluster } = definition;
    return { segmentId, version, predicate: clusterPredicate(cluster, allFields), columns: ["as_of", ...cluster.keys] };
  }
  const { filter } = definition;
  const columns = partsOf(definition).flatMap((id) => parts.get(id)?.columns ?? []);
  const predicates = new Map([...parts].map(([id, part]) => [id, part.predicate]));
  return { segmentId, version, predicate: predicateOf(filter, allFields, day, predicates), columns: [...columnsOf(filter), ...columns] };
}

/** Of these segments all that one of them is told by, the segments they build on among it. */
export async function segmentsBehind(tx: Tx, segmentIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await store.findSegments(tx, segmentIds);
  return new Set([...segmentIds, ...found.flatMap(({ definition }) => partsOf(definition))]);
}

/** What these segments are called, by id, as far as they exist for the caller. */
export async function readSegmentNames(tx: Tx, segmentIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.findSegments(tx, segmentIds)).map(({ segmentId, name }) => [segmentId, name]));
}

/** Of these segments, those that exist for the caller and are shared with others. */
export async function readSharedSegments(tx: Tx, segmentIds: readonly string[]): Promise<ReadonlySet<string>> {
  return new Set((await store.findSegments(tx, segmentIds)).filter(({ shared }) => shared).map(({ segmentId }) => segmentId));
}

/** What the segments a filter asks about are called, by id; without those that do not exist for who asks. */
export async function namesOfSegments(tx: Tx, filters: readonly SegmentFilter[]): Promise<ReadonlyMap<string, string>> {
  const found = await store.findSegments(
    tx,
    filters.flatMap((filter) => segmentsIn(filter)),
  );
  return new Map(
    found.filter(({ definition, isAnswerable }) => isAnswerable && canBeAsked(definition)).map(({ segmentId, name }) => [segmentId, name]),
  );
}

/** Fails with invalid_input: there is no such segment for who asks. */
export async function checkSegment(tx: Tx, segmentId: string): Promise<void> {
  await checkSegments(tx, { match: "all", of: [{ field: "member", op: "any_of", values: [segmentId] }] });
}

/** Fails with invalid_input: one that a filter asks about does not exist for who asks; said in the same words as for the list of customers. */
export async function checkSegments(tx: Tx, filter: SegmentFilter): Promise<ReadonlyMap<string, string>> {
  const names = await namesOfSegments(tx, [filter]);
  const gone = segmentsIn(filter).filter((id) => !names.has(id.toLowerCase()));
  if (gone.length > 0) throw await groupsGone(tx, gone);
  return names;
}
