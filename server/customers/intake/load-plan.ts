import type { FilePlan } from "./mapping/plan.ts";
import type { InspectedFile } from "./reading/index.ts";

/** A file of the delivery with what its part of the mapping makes of it. */
export interface DeliveredFile {
  /** Place in the delivery, from 0: what chunks and quarantine rows carry. A part of the mapping may have several files. */
  readonly place: number;
  readonly path: string;
  readonly identity: InspectedFile;
  readonly plan: FilePlan;
}

export interface LoadPlan {
  /** In the order in which they land. Files that only serve lookups have a plan without records. */
  readonly files: readonly DeliveredFile[];
  readonly filesLeftOut: readonly string[];
  /** Lines of the files beside the data that announce totals: place of the data file -> line. */
  readonly announcements: ReadonlyMap<number, string>;
}

export function kindsOf(plan: Pick<FilePlan, "records">): ReadonlySet<string> {
  return new Set(plan.records.map((record) => record.kind));
}
