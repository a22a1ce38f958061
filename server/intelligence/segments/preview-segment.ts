import { readReach } from "../../customers/directory/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { checkSegments } from "./ask-segments.ts";
import { type MakeupMeasure, SAMPLE_ROWS, type SegmentFilter } from "./contract.ts";
import { checkFilter, columnsOf } from "./fields.ts";
import { measures } from "./makeup.ts";
import { type BandRow, countFitting, readMakeup, sampleFitting } from "./member-store.ts";
import { bothOf, predicateOf, withinReach } from "./predicate-store.ts";

/** Who fits conditions, while they are being thought of. Fails with not_allowed, invalid_input, limit_reached. */
export async function previewSegment(tx: Tx, caller: Caller, clock: Clock, filter: SegmentFilter) {
  permit(caller, "segment:read");
  permit(caller, "customer:read");
  const kinds = checkFilter(caller, filter);
  await checkSegments(tx, filter);
  const predicate = predicateOf(filter, kinds, today(clock));
  const reach = await readReach(tx);
  const scope = withinReach(reach);
  const bands = await readMakeup(tx, predicate, { predicate: scope, columns: columnsOf(filter), wholeBank: reach.wholeBank });
  const sample = await sampleFitting(tx, bothOf(scope, predicate), SAMPLE_ROWS);
  const subjectIds = sample.map(({ customerId }) => customerId);
  await record(tx, { caller, action: "segment.previewed", subjectKind: "customer", subjectIds, query: filter, fieldClasses: [] });
  const first = bands.filter(({ measure }) => measure === 0);
  return { count: sum(first, "fitting"), all: sum(first, "all"), sample, makeup: toMeasures(bands) };
}

/** How many fit: the number alone. Fails with not_allowed, invalid_input. */
export async function countSegment(tx: Tx, caller: Caller, clock: Clock, filter: SegmentFilter): Promise<number> {
  permit(caller, "segment:read");
  const kinds = checkFilter(caller, filter);
  await checkSegments(tx, filter);
  const predicate = predicateOf(filter, kinds, today(clock));
  const reach = await readReach(tx);
  return countFitting(tx, { predicate: bothOf(withinReach(reach), predicate), columns: columnsOf(filter), wholeBank: reach.wholeBank });
}

export const today = (clock: Clock): string => clock.now().toISOString().slice(0, 10);

const sum = (rows: readonly BandRow[], side: "fitting" | "all") => rows.reduce((total, row) => total + row[side], 0);

export function toMeasures(rows: readonly BandRow[]): MakeupMeasure[] {
  return measures.map(({ key, bounds }, measure) => ({
    key,
    bands: [null, ...bounds].map((from, band) => {
      const row = rows.find((found) => found.measure === measure && found.band === band);
      return { from: from === null ? null : String(from), segment: row?.fitting ?? 0, all: row?.all ?? 0 };
    }),
  }));
}
