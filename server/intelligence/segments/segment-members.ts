import type { Tx } from "../../platform/db/index.ts";
import { memberIds } from "./member-store.ts";
import { findSegment } from "./read-segments.ts";

const PAGE_ROWS = 10_000;

/** Who is in the segment, page by page, as far as the transaction's caller sees them; a job sees all. Fails with not_found. */
export async function* segmentMembers(tx: Tx, segmentId: string): AsyncGenerator<readonly string[]> {
  await findSegment(tx, segmentId);
  for (let after: string | null = null; ; ) {
    const page: string[] = await memberIds(tx, segmentId, after, PAGE_ROWS);
    if (page.length > 0) yield page;
    after = page.at(-1) ?? null;
    if (page.length < PAGE_ROWS) return;
  }
}
