import type { Blocks } from "./blocks.ts";
import { runThread } from "./run-thread.ts";
import { type BlockTask, type Edges, type ScoredBlocks, scoreBlocks } from "./score-blocks.ts";
import type { ScoringTask } from "./score-pairs.ts";

// Below this many entries a thread costs more than it saves.
const ENTRIES_PER_THREAD_MIN = 200_000;

/** Scores all blocks on so many threads at most; the pairs come in no particular order. */
export async function scoreInParallel(scoring: ScoringTask, blocks: Blocks, threadsMax: number): Promise<ScoredBlocks> {
  const { keysFrom, keys, sorted, dropped } = blocks;
  const full: BlockTask = { scoring, keysFrom, keys, sorted, dropped, cursor: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = Math.min(threadsMax, Math.floor(sorted.keys.length / ENTRIES_PER_THREAD_MIN));
  if (threads < 2) return scoreBlocks(full);
  const scored = await Promise.all(
    Array.from({ length: threads }, () => runThread<ScoredBlocks>(new URL("./block-worker.ts", import.meta.url), full)),
  );
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
