import type { Clock } from "../../platform/clock/index.ts";
import { type ContextCaller, type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import type { RefreshOrder } from "../facts/index.ts";
import { askSegments } from "./ask-segments.ts";
import { SEGMENTS_MAX } from "./contract.ts";
import { allFields, segmentsIn } from "./fields.ts";
import { measures } from "./makeup.ts";
import { forgetOldMoves, readMakeup, saveDay, settleMembers } from "./member-store.ts";
import { predicateOf } from "./predicate-store.ts";
import { today, toMeasures } from "./preview-segment.ts";
import * as store from "./segment-store.ts";

const everybody = predicateOf({ match: "all", of: [] }, allFields, "");
const nobody = { predicate: predicateOf({ match: "all", of: [], not: true }, allFields, ""), columns: [] };

/** Customers above which a segment is computed of everybody: naming them is more work. */
const NAMED_MAX = 20_000;

/**
 * Brings every segment up to date: of the customers touched, or of everybody where the day has turned since (days move on by themselves), where all were
 * touched, or where it was never computed.
 */
export async function settleSegments({ db, caller, clock, customerIds, signal }: RefreshOrder): Promise<void> {
  const asWorker = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(db, caller, work, { role: "worker" });
  const segments = await asWorker((tx) => store.listSegments(tx, SEGMENTS_MAX * 100));
  // One it builds on may have been changed since.
  const buildsOn = ({ definition }: store.SegmentRow) => "filter" in definition && segmentsIn(definition.filter).length > 0;
  for (const segment of segments) {
    signal?.throwIfAborted();
    const isFresh = segment.computedAt?.toISOString().slice(0, 10) === today(clock) && !buildsOn(segment);
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

/** One that cannot be asked any more has nobody in it, and keeps no other from being computed. */
async function settle(tx: Tx, { segmentId }: store.SegmentRow, clock: Clock, customerIds: readonly string[] | null): Promise<void> {
  const day = today(clock);
  const asked = (await askSegments(tx, [segmentId], day)).get(segmentId);
  const { predicate, columns } = asked ?? nobody;
  const whom = { predicate, columns, wholeBank: true };
  await settleMembers(tx, segmentId, whom, { day, customerIds });
  const bands = toMeasures(await readMakeup(tx, everybody, whom));
  const makeup = Object.fromEntries(measures.map(({ key }, at) => [key, bands[at]?.bands.map(({ segment }) => segment) ?? []]));
  await saveDay(tx, segmentId, { day, makeup, answerable: asked !== undefined });
}
