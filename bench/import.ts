import { copyFloor } from "./copy-floor.ts";
import { configOf, filledHome } from "./home.ts";
import { printRows } from "./table.ts";

/** The import of a whole demo bank, five sources one after the other or one alone, against a bare COPY of the very rows it made. */
export async function benchImport(home: string, customers: number, onlySource?: string): Promise<void> {
  const filled = await filledHome(home, customers, true, onlySource);
  const floor = await copyFloor(configOf(home), (text) => console.log(`· ${text}`));
  const seconds = filled.loads.reduce((sum, load) => sum + load.seconds, 0);
  const records = filled.loads.reduce((sum, load) => sum + load.rows, 0);
  const figure = (value: number) => Math.round(value).toLocaleString("en");
  printRows([
    ...filled.loads.map((load) => ({
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
  console.log(`peak memory of the importing process: ${filled.peakMiB} MiB (goal: under 512), its generator included\n`);
}
