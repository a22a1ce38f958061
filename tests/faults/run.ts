// npm run faults [-- F04 F05] [--seed 1] [--seeds 1] [--rate 20] [--times 1] [--customers 60] [--folder /tmp/…] [--markdown]
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { seededRandom } from "../../server/platform/random/index.ts";
import { databaseFaults } from "./database-faults.ts";
import { diskFaults } from "./disk-faults.ts";
import { type Fault, type Finding, Skipped } from "./fault.ts";
import { checkInvariants, type Verdict } from "./invariants.ts";
import { laterFaults } from "./later-faults.ts";
import { processFaults } from "./process-faults.ts";
import { scratchFaults } from "./scratch-faults.ts";
import { unmount } from "./small-disk.ts";
import { type Scene, setScene } from "./stage.ts";
import { testedFaults } from "./tested-faults.ts";

const faults: readonly Fault[] = [
  ...processFaults,
  ...databaseFaults,
  ...diskFaults,
  ...scratchFaults,
  ...testedFaults,
  ...laterFaults,
].toSorted((a, b) => a.id.localeCompare(b.id));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "1" },
    rate: { type: "string", default: "20" },
    times: { type: "string", default: "1" },
    customers: { type: "string", default: "60" },
    folder: { type: "string", default: join(tmpdir(), `vinculo-faults-${process.pid}`) },
    markdown: { type: "boolean", default: false },
  },
});

interface Row {
  readonly id: string;
  readonly name: string;
  readonly seed: number;
  readonly outcome: "pass" | "FAIL" | "skipped" | "later";
  readonly seconds: number;
  readonly seen: string;
  readonly broken: string;
}

const chosen = faults.filter(({ id }) => positionals.length === 0 || positionals.includes(id));
if (chosen.length === 0) {
  console.log(
    `There is no ${positionals.join(", ")}. There are:\n${faults.map(({ id, name, how }) => `${id}  ${name}: ${how}`).join("\n")}`,
  );
  process.exit(1);
}
const startedMs = performance.now();
const needsBank = chosen.some(({ kind }) => kind === "bank" || kind === "own");
const options = { rate: Number(values.rate), times: Number(values.times), customers: Number(values.customers) };
if (values.markdown) console.log("| id | fault | seed | outcome | s | seen |\n| --- | --- | --- | --- | --- | --- |");
const rows: Row[] = [];
let scene: Scene | null = null;
try {
  if (needsBank) {
    console.error("· starting the bank the faults happen to");
    scene = await setScene(values.folder, options);
  }
  for (const fault of chosen)
    for (let seed = Number(values.seed); seed < Number(values.seed) + Number(values.seeds); seed += 1) {
      const row = await judge(fault, seed, scene);
      rows.push(row);
      console.log(lineOf(row));
      if (fault.kind === "later" || fault.kind === "tests") break; // the same for every seed
    }
} finally {
  await scene?.close();
  unmount(join(values.folder, "bank"));
  rmSync(values.folder, { recursive: true, force: true });
}
console.log(
  `\n${rows.length} faults in ${((performance.now() - startedMs) / 1000).toFixed(0)} s; ${rows.filter(({ outcome }) => outcome === "FAIL").length} failed`,
);
process.exit(rows.some(({ outcome }) => outcome === "FAIL") ? 1 : 0);

async function judge(fault: Fault, seed: number, on: Scene | null): Promise<Row> {
  console.error(`· ${fault.id} ${fault.name}, seed ${seed}`);
  const fromMs = performance.now();
  let finding: Finding;
  let outcome: Row["outcome"] | null = fault.kind === "later" ? "later" : null;
  try {
    const stage = on?.stageFor(`${fault.id}-${seed}`, seededRandom(seed));
    finding = await fault.run(stage as NonNullable<typeof stage>);
  } catch (error) {
    if (error instanceof Skipped) outcome = "skipped";
    finding = { pass: false, seen: error instanceof Error ? error.message : String(error) };
  }
  let verdicts: Verdict[] = [];
  if (outcome === null && on !== null && fault.kind !== "tests") {
    const { visible } = on.stageFor(`${fault.id}-${seed}`, Math.random);
    verdicts = await checkInvariants(on.bank, finding.sent ?? [], visible).catch((error: Error) => [
      { id: "I7" as const, holds: false, seen: error.message },
    ]);
  }
  const broken = verdicts.filter(({ holds }) => !holds);
  for (const { id, seen } of verdicts) console.error(`    ${id} ${seen}`);
  return {
    ...{ id: fault.id, name: fault.name, seed, seconds: Math.round((performance.now() - fromMs) / 1000), seen: finding.seen },
    outcome: outcome ?? (finding.pass && broken.length === 0 ? "pass" : "FAIL"),
    broken: broken.map(({ id, seen }) => `${id}: ${seen}`).join("; "),
  };
}

/** Printed as soon as it is known: a run that is ended in the middle has told what it found. */
function lineOf({ id, name, seed, outcome, seconds, seen, broken }: Row): string {
  const words = `${seen}${broken === "" ? "" : ` BROKEN ${broken}`}`;
  if (values.markdown) return `| ${id} | ${name} | ${seed} | ${outcome} | ${seconds} | ${words} |`;
  return `${id}  ${outcome.padEnd(7)}  ${String(seconds).padStart(4)} s  ${name}: ${words}`;
}
