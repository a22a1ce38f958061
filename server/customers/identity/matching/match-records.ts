import { type Blocks, buildBlocksInParallel } from "./blocks.ts";
import { type Clustering, clusterRecords, type Decision } from "./cluster.ts";
import { defaultModel, type IdentityModel, type KindModel, type Thresholds } from "./model.ts";
import { findPlaceholders, forgetPlaceholders } from "./placeholders.ts";
import type { RecordTable } from "./record-table.ts";
import { runThread } from "./run-thread.ts";
import type { Edges } from "./score-blocks.ts";
import { scoreInParallel } from "./score-in-parallel.ts";
import { scorerOf, scoringTask } from "./score-pairs.ts";
import { countBearers, countRecords, termBits, termsOf } from "./terms.ts";
import { type Label, trainKind } from "./train.ts";

export interface MatchingOrder {
  /** Is changed: placeholders become missing values. */
  readonly table: RecordTable;
  /** Learned from the table itself when not given. */
  readonly model?: IdentityModel;
  readonly labels?: readonly Label[];
  readonly decisions?: readonly Decision[];
  /** Records that no evidence joins, only a decision. */
  readonly byHand?: ReadonlySet<number>;
  readonly thresholds?: Thresholds;
  readonly seed?: number;
  /** At most so many besides this one; small tables use none. */
  readonly threads?: number;
}

export interface Matching extends Clustering {
  readonly model: IdentityModel;
  readonly blocks: Blocks;
  /** Every pair at or above the threshold of doubt. */
  readonly edges: Edges;
  readonly pairsCompared: number;
  readonly seconds: Readonly<Record<"learn" | "block" | "compare" | "cluster", number>>;
}

const DEFAULT_THREADS = 2;

/** Matches all records of a table: the same records give the same model and the same clusters in whatever order they were added. */
export async function matchRecords(given: MatchingOrder): Promise<Matching> {
  const { table, labels = [], decisions = [], byHand = new Set<number>(), seed = 1, threads = DEFAULT_THREADS } = given;
  const watch = stopwatch();
  const order = table.order();
  const prepared = given.model === undefined ? prepareModel(table) : { ...given.model };
  if (given.model !== undefined) forgetPlaceholders(table, given.model.placeholders);
  const learnSeconds = watch();
  const blocks = await buildBlocksInParallel(table.arrays(), threads);
  const blockSeconds = watch();
  const model = {
    ...(given.model ?? (await learn({ table, order, blocks, labels, seed, threads }, prepared))),
    thresholds: given.thresholds ?? prepared.thresholds,
  };
  const trainSeconds = watch();
  const scoring = scoringTask(table, model);
  const { edges, pairs } = await scoreInParallel(scoring, blocks, threads);
  const compareSeconds = watch();
  const { score, comparer } = scorerOf(scoring);
  const clustering = clusterRecords({
    edges,
    rank: table.ranks(),
    joinBits: model.thresholds.joinBits,
    score,
    conflict: comparer.conflict,
    decisions,
    byHand,
  });
  return {
    ...clustering,
    model,
    blocks,
    edges,
    pairsCompared: pairs,
    seconds: { learn: learnSeconds + trainSeconds, block: blockSeconds, compare: compareSeconds, cluster: watch() },
  };
}

/** Placeholders and frequencies; they come before anything is compared. */
function prepareModel(table: RecordTable): IdentityModel {
  const placeholders = findPlaceholders(table, countRecords(table.arrays()));
  forgetPlaceholders(table, placeholders);
  return { ...defaultModel(), placeholders, terms: termsOf(table, countBearers(table.arrays())) };
}

interface Learning {
  readonly table: RecordTable;
  readonly order: Uint32Array;
  readonly blocks: Blocks;
  readonly labels: readonly Label[];
  readonly seed: number;
  readonly threads: number;
}

// A small table has learned before a thread has started.
const RECORDS_FOR_THREADS_MIN = 20_000;

/** People and organisations learn nothing from each other: side by side, where there are threads for it. */
async function learn({ table, blocks, threads, ...more }: Learning, prepared: IdentityModel): Promise<IdentityModel> {
  const terms = termBits(prepared, table);
  const training = { ...more, table: table.arrays(), terms, exclusive: table.exclusiveTypes, blocks: blocks.sorted };
  const isLarge = threads > 1 && table.count >= RECORDS_FOR_THREADS_MIN;
  const others = isLarge ? runThread<KindModel>(new URL("./train-worker.ts", import.meta.url), { training, kind: 1 }) : null;
  const person = trainKind(training, 0);
  return { ...prepared, seed: more.seed, kinds: { person, organisation: (await others) ?? trainKind(training, 1) } };
}

function stopwatch(): () => number {
  let before = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - before) / 1000;
    before = now;
    return seconds;
  };
}
