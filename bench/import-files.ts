// Runs in a process of its own, so that its memory is the import's: bench/import-files.ts <home> [source]. The files lie in the home already.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { importDelivery } from "../server/customers/intake/index.ts";
import { operatorCaller, saveBank } from "../server/governance/access/index.ts";
import { openBank } from "../server/main/open-bank.ts";
import { terminalProgress } from "../server/main/progress.ts";
import { inTransaction } from "../server/platform/db/index.ts";
import type { DeliveredFiles } from "./generate-files.ts";
import { configOf, type LoadFigures } from "./home.ts";

export interface ImportFigures {
  readonly loads: readonly LoadFigures[];
  /** Largest resident memory of this process; the database has its own. */
  readonly peakMiB: number;
  readonly cpuSeconds: number;
}

async function importFiles(home: string, onlySource?: string): Promise<void> {
  const db = await openBank(configOf(home), { mode: "share" });
  try {
    const caller = await operatorCaller(db);
    const bank = { name: "Bench", reportingCurrency: "EUR", demo: true };
    await inTransaction(db, caller, (tx) => saveBank(tx, caller, bank), { role: "worker" });
    const deliveries = JSON.parse(readFileSync(join(home, "deliveries.json"), "utf8")) as DeliveredFiles[];
    const show = terminalProgress();
    const loads: LoadFigures[] = [];
    const before = process.cpuUsage();
    for (const { sourceCode, mappingPath, folder } of deliveries) {
      if (onlySource !== undefined && onlySource !== sourceCode) continue;
      const startedMs = performance.now();
      const { report } = await importDelivery({
        db,
        caller,
        mappingPath,
        folder,
        onProgress: ({ bytes, ofBytes }) => show({ what: `loading ${sourceCode}, bytes`, done: bytes, total: ofBytes }),
      });
      const rows = Object.values(report.kinds).reduce((sum, { read }) => sum + read, 0);
      loads.push({ source: sourceCode, seconds: (performance.now() - startedMs) / 1000, rows });
    }
    const { user, system } = process.cpuUsage(before);
    const figures: ImportFigures = {
      loads,
      peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
      cpuSeconds: (user + system) / 1e6,
    };
    writeFileSync(join(home, "import.json"), JSON.stringify(figures));
  } finally {
    await db.close();
  }
}

const [home = "", onlySource] = process.argv.slice(2);
await importFiles(home, onlySource);
