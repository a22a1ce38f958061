import { execFileSync } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  MatchIndex,
  type Matching,
  type MatchRecord,
  matchRecords,
  pairMeasures,
  pairsOf,
  RecordTable,
  readInParallel,
  truePairs,
} from "../server/customers/identity/matching/index.ts";
import { printRows } from "./table.ts";

const NEW_RECORDS = 10_000;
const QUESTIONS = 1_000;
const THREADS = 2;

/** Records of five sources from a file to clusters in a file, cold; then 10,000 new ones against them, and single questions. */
export async function benchIdentity(folder: string, records: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `records-${records}.jsonl`);
  if (!existsSync(file)) {
    console.log(`· generating ${records.toLocaleString("en")} records`);
    execFileSync(process.execPath, [join(import.meta.dirname, "identity-records.ts"), file, String(records)]);
  }
  const bulk = await runBulk(file, join(folder, "clusters.tsv"), records);
  printRows([bulk.row]);
  console.log(
    `\nblocks: ${bulk.matching.blocks.report.map(({ keyClass, refinedBlocks, droppedRecords }) => `${keyClass} ${refinedBlocks} refined, ${droppedRecords} records dropped`).join("; ")}`,
  );
  await runIncrement(file, records, bulk.matching);
}

async function runBulk(file: string, clusterFile: string, records: number) {
  const started = performance.now();
  const startedAt = processorSeconds();
  const table = await readInParallel(wholeLines(file), THREADS);
  const readSeconds = (performance.now() - started) / 1000;
  const readProcessorSeconds = processorSeconds() - startedAt;
  const matching = await matchRecords({ table, threads: THREADS });
  writeFileSync(
    clusterFile,
    matching.clusters.map((cluster) => `${cluster.records.map((record) => table.refOf(record).replace("\t", ":")).join("\t")}\n`).join(""),
  );
  const seconds = (performance.now() - started) / 1000;
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  const wanted = truePairs({ clusterOf: readFileSync(`${file}.customers`, "utf8").split("\n").slice(0, -1) });
  const { precision, recall, f1 } = pairMeasures(
    matching.clusters.flatMap((cluster) => pairsOf(cluster.records)),
    wanted,
  );
  const row = {
    records: records.toLocaleString("en"),
    seconds: seconds.toFixed(1),
    "cpu s": processorSeconds().toFixed(1),
    ...Object.fromEntries(
      Object.entries({ read: readSeconds, ...matching.seconds }).map(([step, taken]) => [
        `${step} (cpu)`,
        `${taken.toFixed(1)} (${{ read: readProcessorSeconds, ...matching.processorSeconds }[step]?.toFixed(1)})`,
      ]),
    ),
    "peak MiB": String(peakMiB),
    pairs: matching.pairsCompared.toLocaleString("en"),
    "pairs/s": Math.round(matching.pairsCompared / matching.seconds.compare).toLocaleString("en"),
    precision: precision.toFixed(4),
    recall: recall.toFixed(4),
    F1: f1.toFixed(4),
    clusters: matching.clusters.length.toLocaleString("en"),
    doubtful: matching.doubtful.length.toLocaleString("en"),
  };
  return { row, matching };
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** The last 10,000 records of the file come new to all others under the model learned; the index over the others stands already, as in a running bank. */
async function runIncrement(file: string, records: number, { model }: Matching): Promise<void> {
  const table = new RecordTable();
  const news: MatchRecord[] = [];
  for await (const record of readRecords(file)) {
    if (table.count < records - Math.min(NEW_RECORDS, records / 10)) table.add(record);
    else news.push(record);
  }
  const { edges, blocks } = await matchRecords({ table, model, threads: THREADS });
  const index = new MatchIndex(table, model, { edges, blocks });
  const times = news.slice(0, QUESTIONS).map((record) => {
    const before = performance.now();
    index.find(record);
    return performance.now() - before;
  });
  times.sort((a, b) => a - b);
  const started = performance.now();
  const added = news.map((record) => index.add(record).record);
  const { clusters } = index.clustersAround(added);
  const seconds = (performance.now() - started) / 1000;
  const at = (share: number) => (times[Math.floor(times.length * share)] ?? 0).toFixed(2);
  console.log(
    `\nincrement: ${news.length.toLocaleString("en")} new against ${(records - news.length).toLocaleString("en")} in ${seconds.toFixed(1)} s, ${clusters.length.toLocaleString("en")} clusters touched (goal: under 10 s)`,
  );
  console.log(`one question: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms (goal: p95 under 50 ms)\n`);
}

const BATCH_BYTES = 1 << 20;
const LINE_END = 10;

/** A file in batches of whole lines. */
async function* wholeLines(file: string): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  for await (const bytes of createReadStream(file, { highWaterMark: BATCH_BYTES }) as AsyncIterable<Buffer>) {
    const end = bytes.lastIndexOf(LINE_END) + 1;
    yield Buffer.concat([rest, bytes.subarray(0, end)]);
    rest = Buffer.from(bytes.subarray(end));
  }
}

async function* readRecords(file: string): AsyncGenerator<MatchRecord> {
  for await (const line of createInterface({ input: createReadStream(file) })) yield JSON.parse(line) as MatchRecord;
}
