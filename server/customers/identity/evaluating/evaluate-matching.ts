import { Refusal } from "../../../platform/config/index.ts";
import { type DelimitedFile, readDelimited } from "../../../platform/files/index.ts";
import {
  clusterMeasures,
  groupsOf,
  type Matching,
  type MatchRecord,
  type Measures,
  matchRecords,
  pairMeasures,
  pairsOf,
  probabilityOf,
  RecordTable,
  truePairs,
  withSingles,
} from "../matching/index.ts";
import { FIRST_FILE, readTruthPairs, SECOND_FILE } from "./read-truth.ts";
import { readColumnsFile } from "./record-columns.ts";
import { rowsToRecords } from "./rows-to-records.ts";

export interface EvaluationOrder {
  readonly records: string;
  readonly columns: string;
  /** A second file; then only pairs across the two files count. */
  readonly against?: string;
  /** A file of pairs, or the name of the column that says which records are one. */
  readonly truth: { readonly pairs: string } | { readonly clusterColumn: string };
}

export interface Evaluation {
  readonly records: number;
  readonly truePairs: number;
  readonly pairsCompared: number;
  /** Of the true pairs, those that were compared at all: no matching can reach more. */
  readonly blockingRecall: number;
  readonly joinProbability: number;
  /** Pairs whose own evidence reaches the threshold, before clustering. */
  readonly pairwiseBeforeClustering: Measures;
  readonly pairwise: Measures;
  readonly cluster: Measures;
  readonly doubtfulPairs: number;
  /** Pairs lost to the bound on blocks, unless they had another key in common. */
  readonly droppedPairs: number;
  readonly seconds: Readonly<Record<"read" | "learn" | "block" | "compare" | "cluster" | "total", number>>;
  readonly peakMemoryMiB: number;
}

type Pairs = readonly (readonly [number, number])[];

/** Runs the matcher as the product does, under its one configuration, and measures it against what is known. Throws Refusal for unusable files. */
export async function evaluateMatching(order: EvaluationOrder): Promise<Evaluation> {
  const started = performance.now();
  const { records, clusterOf } = readInput(order);
  if (records.length === 0) throw new Refusal(`${order.records} has a header and no records: are its lines parted by line feeds?`);
  const table = new RecordTable();
  for (const record of records) table.add(record);
  const readSeconds = (performance.now() - started) / 1000;
  const isLink = order.against !== undefined;
  const counts = pairFilter(records, isLink);
  const labelled =
    "pairs" in order.truth
      ? readTruthPairs(order.truth.pairs, records, isLink)
      : { same: truePairs({ clusterOf }).filter(counts), different: [] };
  const matching = await matchRecords({ table });
  const labels = labelled.different.length === 0 ? null : new Set([...labelled.same, ...labelled.different].map(pairName));
  const judged = (pairs: Pairs) => pairs.filter((pair) => counts(pair) && (labels === null || labels.has(pairName(pair))));
  const wanted = labelled.same;
  return {
    records: records.length,
    truePairs: wanted.length,
    pairsCompared: matching.pairsCompared,
    blockingRecall: wanted.length === 0 ? 1 : wanted.filter(([a, b]) => wasCompared(matching, a, b)).length / wanted.length,
    joinProbability: probabilityOf(matching.model.thresholds.joinBits),
    pairwiseBeforeClustering: pairMeasures(judged(sureEdges(matching)), wanted),
    pairwise: pairMeasures(judged(matching.clusters.flatMap((cluster) => pairsOf(cluster.records))), wanted),
    cluster: clusterMeasures(
      withSingles(
        matching.clusters.map((cluster) => cluster.records),
        records.length,
      ),
      withSingles(groupsOf(wanted, records.length), records.length),
    ),
    doubtfulPairs: matching.doubtful.length,
    droppedPairs: matching.blocks.report.reduce((sum, { droppedPairs }) => sum + droppedPairs, 0),
    seconds: { read: readSeconds, ...matching.seconds, total: (performance.now() - started) / 1000 },
    peakMemoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function readInput({ records, columns, against, truth }: EvaluationOrder): { records: MatchRecord[]; clusterOf: (string | undefined)[] } {
  const file = readColumnsFile(columns);
  const first = readDelimited(records, { header: true });
  const second = against === undefined ? null : readDelimited(against, { header: true });
  const clusterColumn = "clusterColumn" in truth ? truth.clusterColumn : null;
  const clusters = (table: DelimitedFile) => (clusterColumn === null ? [] : clusterCells(table, clusterColumn));
  return {
    records: [
      ...rowsToRecords(first, file, FIRST_FILE),
      ...(second === null ? [] : rowsToRecords(second, file.against ?? file, SECOND_FILE)),
    ],
    clusterOf: [...clusters(first), ...(second === null ? [] : clusters(second))],
  };
}

function clusterCells({ header, rows }: DelimitedFile, column: string): (string | undefined)[] {
  const place = header.indexOf(column);
  if (place < 0) throw new Refusal(`There is no column "${column}"; the file has ${header.join(", ")}.`);
  return Array.from(rows, (row) => row[place] || undefined);
}

/** Linking two files says nothing of repeats within one of them. */
function pairFilter(records: readonly MatchRecord[], isLink: boolean): (pair: readonly [number, number]) => boolean {
  const isSecond = (record: number) => records[record]?.source.startsWith(SECOND_FILE) === true;
  return ([a, b]) => !isLink || isSecond(a) !== isSecond(b);
}

function sureEdges({ edges, model }: Matching): [number, number][] {
  const sure: [number, number][] = [];
  for (const [edge, bits] of edges.bits.entries())
    if (bits >= model.thresholds.joinBits) sure.push([edges.a[edge] ?? 0, edges.b[edge] ?? 0]);
  return sure;
}

function wasCompared({ blocks: { keysFrom, keys, dropped } }: Matching, a: number, b: number): boolean {
  const own = new Set(keys.subarray(keysFrom[a], keysFrom[a + 1]));
  return keys.subarray(keysFrom[b], keysFrom[b + 1]).some((key) => own.has(key) && !dropped.has(key));
}

function pairName([a, b]: readonly [number, number]): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}
