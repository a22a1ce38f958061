import type { Blocks } from "./blocks.ts";
import { type BlockTask, type Edges, placesOf, type ScoredBlocks } from "./score-blocks.ts";
import type { ScoringTask } from "./score-pairs.ts";
import { withThreads } from "./threads.ts";

/** Scores all blocks on so many threads; the pairs come in no particular order. */
export async function scoreInParallel(scoring: ScoringTask, { sorted }: Blocks, threads: number): Promise<ScoredBlocks> {
  const places = placesOf(sorted, scoring.table.count);
  const task: BlockTask = { scoring, sorted, places, cursor: new Int32Array(new SharedArrayBuffer(4)) };
  const scored = await withThreads(threads, (run) => Promise.all(Array.from({ length: threads }, () => run("scoreBlocks", task))));
  return { edges: joined(scored.map(({ edges }) => edges)), pairs: scored.reduce((sum, { pairs }) => sum + pairs, 0) };
}

function joined(parts: readonly Edges[]): Edges {
  const length = parts.reduce((sum, { a }) => sum + a.length, 0);
  const all = { a: new Uint32Array(length), b: new Uint32Array(length), bits: new Float64Array(length) };
  let at = 0;
  for (const part of parts) {
    all.a.set(part.a, at);
    all.b.set(part.b, at);
    all.bits.set(part.bits, at);
    at += part.a.length;
  }
  return all;
}
