import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lastFullMonth, planBank } from "./bank.ts";
import { makeBundles } from "./sources/bundle.ts";
import { CardSource } from "./sources/cards.ts";
import { CoreSource } from "./sources/core.ts";
import { CallCentreSource } from "./sources/crm.ts";
import { LoanSource } from "./sources/loans.ts";
import type { SourceCode } from "./sources/party-view.ts";
import { WealthSource } from "./sources/wealth.ts";
import { Truth } from "./truth.ts";

interface DemoBankOptions {
  readonly customers: number; // 1 to 5,000,000
  readonly seed?: number; // 1 if not given
  readonly until?: string; // last day with transactions, YYYY-MM-DD; otherwise the end of the last full month
  readonly transactionsPerCustomer?: number; // about 70 if not given
  readonly folder: string; // what an earlier run left in its `deliveries` and `truth` is replaced
  readonly onProgress?: (done: number, of: number) => void; // customers
}

interface DemoDelivery {
  readonly sourceCode: SourceCode;
  readonly mappingPath: string;
  readonly folder: string;
}

export interface DemoBank {
  /** In the order in which they are to be loaded. */
  readonly deliveries: readonly DemoDelivery[];
  readonly truthFolder: string;
  readonly seed: number;
  readonly until: string;
}

const CUSTOMERS_MAX = 5_000_000; // account serials have ten digits
const PAIRS_PER_TURN = 250;

/**
 * Writes the files of a bank of so many customers, as five systems would deliver them, and the truth about it beside them.
 * The same customers, seed and until give the same bytes. Memory does not grow with the number of customers.
 * Throws RangeError for options out of bounds, and what the file system throws.
 */
export async function generateDemoBank(options: DemoBankOptions): Promise<DemoBank> {
  const { customers, folder, onProgress, seed = 1, until = lastFullMonth(new Date()) } = options;
  if (!Number.isInteger(customers) || customers < 1 || customers > CUSTOMERS_MAX) {
    throw new RangeError(`customers must be a whole number from 1 to ${CUSTOMERS_MAX}`);
  }
  const bank = planBank({ ...options, seed, until });
  const at = (delivery: string) => join(folder, "deliveries", delivery);
  for (const part of ["deliveries", "truth"]) {
    rmSync(join(folder, part), { recursive: true, force: true });
  }
  const truth = new Truth(folder);
  const sources = [
    new CoreSource(bank, { first: at("core"), late: at("core-late") }, truth.onDamage),
    new CardSource(bank, at("cards"), truth.onDamage),
    new LoanSource(bank, at("loans"), truth.onDamage),
    new CallCentreSource(bank, { first: at("crm"), late: at("crm-late") }, truth.onDamage),
    new WealthSource(bank, at("wealth"), truth.onDamage),
  ];
  const pairs = Math.ceil(customers / 2);
  for (let pair = 0; pair < pairs; pair += 1) {
    for (const bundle of makeBundles(bank, pair)) {
      for (const source of sources) {
        source.write(bundle);
      }
      truth.write(bundle);
    }
    if (pair % PAIRS_PER_TURN === PAIRS_PER_TURN - 1) {
      onProgress?.(Math.min(customers, (pair + 1) * 2), customers);
      await new Promise((resolve) => setImmediate(resolve)); // let whoever waits for this process have a turn
    }
  }
  for (const source of [...sources, truth]) {
    source.close();
  }
  onProgress?.(customers, customers);
  const delivery = (sourceCode: SourceCode, name: string): DemoDelivery => ({
    sourceCode,
    mappingPath: join(import.meta.dirname, "mappings", `${sourceCode}.yaml`),
    folder: at(name),
  });
  writeFileSync(
    join(folder, "truth", "about.json"),
    `${JSON.stringify({ customers, seed, until, transactionsPerCustomer: options.transactionsPerCustomer ?? null })}\n`,
  );
  return {
    deliveries: [
      delivery("core", "core"),
      delivery("cards", "cards"),
      delivery("loans", "loans"),
      delivery("crm", "crm"),
      delivery("wealth", "wealth"),
      delivery("core", "core-late"),
      delivery("crm", "crm-late"),
    ],
    truthFolder: join(folder, "truth"),
    seed,
    until,
  };
}
