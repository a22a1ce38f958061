import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { copyFloor } from "./copy-floor.ts";
import { configOf, runNode } from "./home.ts";
import type { ImportFigures } from "./import-files.ts";
import { printRows } from "./table.ts";

/**
 * The import of a whole demo bank, five sources one after the other or one alone, against a bare COPY of the very rows it made. Nothing is matched or scored:
 * the floor holds what the import wrote and nothing else.
 */
export async function benchImport(home: string, customers: number, onlySource?: string): Promise<void> {
  rmSync(home, { recursive: true, force: true });
  console.log(`generating ${customers.toLocaleString("en")} customers in ${home}`);
  await runNode("generate-files.ts", [home, String(customers)]);
  await runNode("import-files.ts", [home, ...(onlySource === undefined ? [] : [onlySource])]);
  const { loads, peakMiB, cpuSeconds } = JSON.parse(readFileSync(join(home, "import.json"), "utf8")) as ImportFigures;
  const floor = await copyFloor(configOf(home), (text) => console.log(`· ${text}`));
  const seconds = loads.reduce((sum, load) => sum + load.seconds, 0);
  const records = loads.reduce((sum, load) => sum + load.rows, 0);
  const figure = (value: number) => Math.round(value).toLocaleString("en");
  printRows([
    ...loads.map((load) => ({
      load: load.source,
      "records read": figure(load.rows),
      seconds: load.seconds.toFixed(1),
      "records/s": figure(load.rows / load.seconds),
    })),
    { load: "all", "records read": figure(records), seconds: seconds.toFixed(1), "records/s": figure(records / seconds) },
  ]);
  console.log(
    `\nfloor: COPY of ${figure(floor.rows)} ready-made rows in ${floor.seconds.toFixed(1)} s (${figure(floor.rows / floor.seconds)} rows/s) on two connections`,
  );
  console.log(`ratio to the floor: ${(seconds / floor.seconds).toFixed(1)} (goal: at most 2)`);
  console.log(`importing process: peak memory ${peakMiB} MiB (goal: under 512), ${cpuSeconds.toFixed(1)} s of processor\n`);
}
