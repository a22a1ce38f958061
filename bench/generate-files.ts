// Runs in a process of its own: bench/generate-files.ts <home> <customers>.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateDemoBank } from "../db/demo/index.ts";

/** What one source delivers at one time, as deliveries.json of a home lists it. */
export interface DeliveredFiles {
  readonly sourceCode: string;
  readonly mappingPath: string;
  readonly folder: string;
}

const [home = "", customers = "0"] = process.argv.slice(2);
mkdirSync(home, { recursive: true });
const { deliveries } = await generateDemoBank({ customers: Number(customers), folder: join(home, "demo"), transactionsPerCustomer: 10 });
const files: DeliveredFiles[] = deliveries.map(({ sourceCode, mappingPath, folder }) => ({ sourceCode, mappingPath, folder }));
writeFileSync(join(home, "deliveries.json"), JSON.stringify(files));
