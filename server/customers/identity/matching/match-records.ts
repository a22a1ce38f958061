import { type Blocks, buildBlocks } from "./blocks.ts";
import { type Clustering, clusterRecords, type Decision } from "./cluster.ts";
import { type TermKind, termKinds } from "./columns.ts";
import { defaultModel, type IdentityModel, type Thresholds } from "./model.ts";
import { findPlaceholders, forgetPlaceholders } from "./placeholders.ts";
import type { RecordTable } from "./record-table.ts";
import type { Edges } from "./score-blocks.ts";
import { scoreInParallel } from "./score-in-parallel.ts";
import { scorerOf, scoringTask } from "./score-pairs.ts";
import { type CountingTask, type Frequencies, termBits, termsOf } from "./terms.ts";
import { withThreads } from "./threads.ts";
import type { Label } from "./train.ts";

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

type StepSeconds = Readonly<Record<"learn" | "block" | "compare" | "cluster", number>>;

export interface Matching extends Clustering {
  readonly model: IdentityModel;
  readonly blocks: Blocks;
  /** Every pair at or above the threshold of doubt. */
  readonly edges: Edges;
  readonly pairsCompared: number;
  readonly seconds: StepSeconds;
  /** Of all threads of this process, which may have had other work meanwhile. */
  readonly processorSeconds: StepSeconds;
}

const DEFAULT_THREADS = 2;
// A small table is matched before a thread has started.
const RECORDS_FOR_THREADS_MIN = 40_000;

/** Matches all records of a table: the same records give the same model and the same clusters in whatever order they were added. */
export async function matchRecords(given: MatchingOrder): Promise<Matching> {
  const { table, labels = [], decisions = [], byHand = new Set<number>(), seed = 1, threads: wanted = DEFAULT_THREADS } = given;
  const threads = table.count < RECORDS_FOR_THREADS_MIN ? 1 : wanted;
  const watch = stopwatch();
  const order = table.order();
  const prepared = given.model === undefined ? await prepareModel(table, threads) : { ...given.model };
  if (given.model !== undefined) forgetPlaceholders(table, given.model.placeholders);
  const prepareTime = watch();
  const blocks = await buildBlocks(table.arrays(), threads);
  const blockTime = watch();
  const model = {
    ...(given.model ?? (await learn({ table, order, blocks, labels, seed, threads }, prepared))),
    thresholds: given.thresholds ?? prepared.thresholds,
  };
  const trainTime = watch();
  const scoring = scoringTask(table, model);
  const { edges, pairs } = await scoreInParallel(scoring, blocks, threads);
  const compareTime = watch();
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
  const clusterTime = watch();
  const stepSeconds = (which: 0 | 1): StepSeconds => ({
    learn: prepareTime[which] + trainTime[which],
    block: blockTime[which],
    compare: compareTime[which],
    cluster: clusterTime[which],
  });
  return {
    ...clustering,
    model,
    blocks,
    edges,
    pairsCompared: pairs,
    seconds: stepSeconds(0),
    processorSeconds: stepSeconds(1),
  };
}

/** Placeholders and frequencies; they come before anything is compared. */
function prepareModel(table: RecordTable, threads: number): Promise<IdentityModel> {
  return withThreads(threads, async (run) => {
    const count = async <Kind extends TermKind>(kinds: readonly Kind[], what: CountingTask["what"]) => {
      const counted = kinds.map(async (kind) => [kind, await run("countTerm", { table: table.arrays(), kind, what })] as const);
      return Object.fromEntries(await Promise.all(counted)) as Record<Kind, Frequencies>;
    };
    const placeholders = findPlaceholders(table, await count(["birth", "phone", "email", "identifier"], "records"));
    forgetPlaceholders(table, placeholders);
    return { ...defaultModel(), placeholders, terms: termsOf(table, await count(termKinds, "bearers")) };
  });
}

interface Learning {
  readonly table: RecordTable;
  readonly order: Uint32Array;
  readonly blocks: Blocks;
  readonly labels: readonly Label[];
  readonly seed: number;
  readonly threads: number;
}

async function learn({ table, blocks, threads, ...more }: Learning, prepared: IdentityModel): Promise<IdentityModel> {
  const terms = termBits(prepared, table);
  const training = { ...more, table: table.arrays(), terms, exclusive: table.exclusiveTypes, blocks: blocks.sorted };
  const [person, organisation] = await withThreads(threads, (run) =>
    Promise.all([run("trainKind", { ...training, kind: 0 }), run("trainKind", { ...training, kind: 1 })]),
  );
  return { ...prepared, seed: more.seed, kinds: { person, organisation } };
}

/** Seconds of the clock and of the processor since it was asked last. */
function stopwatch(): () => readonly [clock: number, processor: number] {
  const now = () => {
    const { user, system } = process.cpuUsage();
    return [performance.now() / 1000, (user + system) / 1e6] as const;
  };
  let before = now();
  return () => {
    const after = now();
    const passed = [after[0] - before[0], after[1] - before[1]] as const;
    before = after;
    return passed;
  };
}
