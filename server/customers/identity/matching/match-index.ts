import { keysOfRecord } from "./blocking-keys.ts";
import type { Blocks } from "./blocks.ts";
import { type Clustering, clusterRecords } from "./cluster.ts";
import type { IdentityModel } from "./model.ts";
import { forgetPlaceholders } from "./placeholders.ts";
import type { MatchRecord } from "./record.ts";
import type { RecordTable } from "./record-table.ts";
import type { Edges } from "./score-blocks.ts";
import { type Scorer, scorerOf, scoringTask } from "./score-pairs.ts";
import { lowerBound } from "./sorted-keys.ts";

export interface Candidate {
  readonly record: number;
  /** Evidence in bits, prior included. */
  readonly bits: number;
  /** Verified identifiers keep the two apart, whatever the evidence. */
  readonly conflict: boolean;
}

interface Link {
  readonly a: number;
  readonly b: number;
  readonly bits: number;
}

const CANDIDATES_MAX = 2_000;

/** A table that is asked and added to, one record at a time: the same keys, comparisons and clusters as a bulk run under the same model. */
export class MatchIndex {
  private readonly table: RecordTable;
  private readonly model: IdentityModel;
  private readonly blocks: Blocks;
  private readonly refined: ReadonlySet<number>;
  private readonly added = new Map<number, number[]>();
  private readonly links = new Map<number, Link[]>();
  private readonly task: ReturnType<typeof scoringTask>;
  private scorer: Scorer;

  /** `blocks` and `edges` as a bulk run left them. */
  constructor(table: RecordTable, model: IdentityModel, { blocks, edges }: { readonly blocks: Blocks; readonly edges: Edges }) {
    this.table = table;
    this.model = model;
    forgetPlaceholders(table, model.placeholders);
    this.blocks = blocks;
    this.refined = new Set(blocks.refined);
    this.task = scoringTask(table, model);
    this.scorer = scorerOf(this.task);
    for (const [edge, a] of edges.a.entries()) this.keepLink({ a, b: edges.b[edge] ?? 0, bits: edges.bits[edge] ?? 0 });
  }

  /** Who may be the same as this one, the surest first, from the threshold of doubt on. The record is not kept. */
  find(record: MatchRecord): Candidate[] {
    const asked = this.take(record);
    try {
      return this.candidatesOf(asked, this.keysOf(asked));
    } finally {
      this.table.removeLast();
    }
  }

  /** Adds a record for good. Answers its number and who may be the same. */
  add(record: MatchRecord): { record: number; candidates: Candidate[] } {
    const added = this.take(record);
    const keys = this.keysOf(added);
    const candidates = this.candidatesOf(added, keys);
    for (const key of keys) {
      const known = this.added.get(key);
      if (known === undefined) this.added.set(key, [added]);
      else known.push(added);
    }
    for (const { record: other, bits } of candidates) this.keepLink({ a: other, b: added, bits });
    return { record: added, candidates };
  }

  /** The clusters and doubts of everyone connected with these records, as a bulk run would have them: only what is touched is looked at. */
  clustersAround(records: readonly number[]): Clustering {
    const reached = new Set<number>();
    const links = new Set<Link>();
    const waiting = [...records];
    for (let record = waiting.pop(); record !== undefined; record = waiting.pop()) {
      if (reached.has(record)) continue;
      reached.add(record);
      for (const link of this.links.get(record) ?? []) {
        links.add(link);
        if (link.bits >= this.model.thresholds.joinBits) waiting.push(link.a === record ? link.b : link.a);
      }
    }
    const kept = [...links];
    return clusterRecords({
      edges: {
        a: Uint32Array.from(kept, ({ a }) => a),
        b: Uint32Array.from(kept, ({ b }) => b),
        bits: Float64Array.from(kept, ({ bits }) => bits),
      },
      rank: this.table.ranks(),
      joinBits: this.model.thresholds.joinBits,
      score: this.scorer.score,
      conflict: this.scorer.comparer.conflict,
      decisions: [],
    });
  }

  private take(record: MatchRecord): number {
    const before = this.table.arrays();
    const taken = this.table.add(record);
    forgetPlaceholders(this.table, this.model.placeholders, taken);
    // Columns that had to grow lie elsewhere now.
    const arrays = this.table.arrays();
    if (!isSameMemory(before, arrays)) this.scorer = scorerOf({ ...this.task, table: arrays });
    return taken;
  }

  private keysOf(record: number): number[] {
    return keysOfRecord(this.table.arrays(), record, (key) => this.refined.has(key));
  }

  private candidatesOf(record: number, keys: readonly number[]): Candidate[] {
    const { keys: sortedKeys, records } = this.blocks.sorted;
    const seen = new Set<number>();
    for (const key of keys) {
      const later = this.added.get(key) ?? [];
      const from = lowerBound(sortedKeys, key);
      let to = from;
      while (to < sortedKeys.length && sortedKeys[to] === key) to += 1;
      if (to - from + later.length >= this.blocks.bound || this.blocks.dropped.has(key)) continue;
      for (let at = from; at < to; at += 1) seen.add(records[at] as number);
      for (const other of later) seen.add(other);
      if (seen.size >= CANDIDATES_MAX) break;
    }
    const { score, comparer } = this.scorer;
    const found: Candidate[] = [];
    for (const other of seen) {
      const bits = score(other, record);
      if (bits >= this.model.thresholds.doubtBits) found.push({ record: other, bits, conflict: comparer.conflict(other, record) });
    }
    return found.sort((x, y) => y.bits - x.bits || x.record - y.record);
  }

  private keepLink(link: Link): void {
    for (const end of [link.a, link.b]) {
      const known = this.links.get(end);
      if (known === undefined) this.links.set(end, [link]);
      else known.push(link);
    }
  }
}

function isSameMemory(a: ReturnType<RecordTable["arrays"]>, b: ReturnType<RecordTable["arrays"]>): boolean {
  const words = ["units", "from", "length", "script", "sounds", "hash", "letters", "ends"] as const;
  return a.rows === b.rows && a.values === b.values && words.every((name) => a.words[name] === b.words[name]);
}
