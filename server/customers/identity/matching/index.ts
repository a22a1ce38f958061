export { keysOfRecord } from "./blocking-keys.ts";
export { type BlockReport, type Blocks, blockBound } from "./blocks.ts";
export { type Cluster, type Clustering, clusterRecords, type Decision, type DoubtfulPair } from "./cluster.ts";
export { type ExplanationStep, explainPair, type PairExplanation } from "./explain-pair.ts";
export { type Candidate, MatchIndex } from "./match-index.ts";
export { type Matching, type MatchingOrder, matchRecords } from "./match-records.ts";
export {
  clusterMeasures,
  groupsOf,
  type Measures,
  measures,
  pairMeasures,
  pairsOf,
  type Truth,
  truePairs,
  withSingles,
} from "./measure-matching.ts";
export { defaultModel, type IdentityModel, probabilityOf, type Thresholds } from "./model.ts";
export { forgetPlaceholders } from "./placeholders.ts";
export { readInParallel } from "./read-in-parallel.ts";
export type { MatchAddress, MatchIdentifier, MatchName, MatchRecord } from "./record.ts";
export { RecordTable } from "./record-table.ts";
export type { Edges } from "./score-blocks.ts";
export { type Scorer, scorerOf, scoringTask } from "./score-pairs.ts";
export type { Label } from "./train.ts";
