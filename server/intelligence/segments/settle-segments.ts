import type { Clock } from "../../platform/clock/index.ts";
import { type ContextCaller, type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import type { RefreshOrder } from "../facts/index.ts";
import { SEGMENTS_MAX } from "./contract.ts";
import { allFields, columnsOf } from "./fields.ts";
import { measures } from "./makeup.ts";
import { forgetOldMoves, readMakeup, saveDay, settleMembers } from "./member-store.ts";
import { clusterPredicate, predicateOf } from "./predicate-store.ts";
import { today, toMeasures } from "./preview-segment.ts";
import * as store from "./segment-store.ts";

const everybody = predicateOf({ match: "all", of: [] }, allFields, "");

/** Customers above which a segment is computed of everybody: naming them is more work. */
const NAMED_MAX = 20_000;

/**
 * Brings every segment up to date: of the customers touched, or of everybody where the day has turned since (days move on by themselves), where all were
 * touched, or where it was never computed. Those that others build on come first.
 */
export async function settleSegments({ db, caller, clock, customerIds, signal }: RefreshOrder): Promise<void> {
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });
  const segments = await asWorker((tx) => store.listSegments(tx, SEGMENTS_MAX * 100));
  const buildsOn = ({ definition }: store.SegmentRow) =>
    "filter" in definition && JSON.stringify(definition.filter).includes('"member"') ? 1 : 0;
  for (const segment of [...segments].sort((a, b) => buildsOn(a) - buildsOn(b))) {
    signal?.throwIfAborted();
    const isFresh = segment.computedAt?.toISOString().slice(0, 10) === today(clock) && buildsOn(segment) === 0;
    const named = isFresh && customerIds !== null && customerIds.length <= NAMED_MAX ? customerIds : null;
    await asWorker((tx) => settle(tx, segment, clock, named));
  }
  await asWorker((tx) => forgetOldMoves(tx, today(clock)));
}

/** Computes one segment of everybody. Nothing where it is gone. */
export async function settleSegment(db: Db, caller: ContextCaller, clock: Clock, segmentId: string): Promise<void> {
  await inTransaction(
    db,
    caller,
    async (tx) => {
      const segment = await store.findSegment(tx, segmentId);
      if (segment !== null) await settle(tx, segment, clock, null);
    },
    { role: "worker" },
  );
}

async function settle(
  tx: Tx,
  { segmentId, definition }: store.SegmentRow,
  clock: Clock,
  customerIds: readonly string[] | null,
): Promise<void> {
  const day = today(clock);
  const whom =
    "filter" in definition
      ? { predicate: predicateOf(definition.filter, allFields, day), columns: columnsOf(definition.filter), wholeBank: true }
      : { predicate: clusterPredicate(definition.cluster, allFields), columns: ["as_of", ...definition.cluster.keys], wholeBank: true };
  await settleMembers(tx, segmentId, whom, { day, customerIds });
  const bands = toMeasures(await readMakeup(tx, everybody, whom));
  const makeup = Object.fromEntries(measures.map(({ key }, at) => [key, bands[at]?.bands.map(({ segment }) => segment) ?? []]));
  await saveDay(tx, segmentId, day, makeup);
}
