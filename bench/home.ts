import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openBank } from "../server/main/open-bank.ts";
import { type Config, readConfig } from "../server/platform/config/index.ts";
import { readMigrations } from "../server/platform/db/migrate.ts";
import { type Growth, grow } from "./grow.ts";

export interface LoadFigures {
  readonly source: string;
  readonly seconds: number;
  /** Records of all kinds read from the delivery. */
  readonly rows: number;
}

/** What a scratch home was filled with, kept beside its database. */
export interface Filled {
  readonly customers: number;
  readonly migrations: string;
  readonly loads: readonly LoadFigures[];
  readonly generateSeconds: number;
  /** Largest resident memory of the importing process, its generator included. */
  readonly peakMiB: number;
  /** How often the imported bank stands in the tables: 1 for what the import made, more where `grow` multiplied it. */
  readonly copies: number;
  /** What the copies hold; "lists" serves searches and lists only. */
  readonly grown?: Growth;
}

const FIGURES = "bench.json";

/** The settings of a scratch home: as in production, on a port of its own. */
export function configOf(home: string, port = 0): Config {
  return readConfig({ VINCULO_HOME: home, PORT: String(port), VINCULO_DEMO_CUSTOMERS: "0", LOG_LEVEL: "silent" });
}

export function migrationsHash(): string {
  return createHash("sha256")
    .update(
      readMigrations()
        .map(({ sha256 }) => sha256)
        .join(),
    )
    .digest("hex");
}

export function writeFigures(home: string, figures: Filled): void {
  writeFileSync(join(home, FIGURES), `${JSON.stringify(figures, null, 2)}\n`);
}

/** null: never filled to the end. Migrations that came since are applied when the home is opened, as to a bank's own data. */
function readFigures(home: string): Filled | null {
  const file = join(home, FIGURES);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Filled) : null;
}

/** Fills the home through the product's own import, in a process of its own so that its memory can be told; what is there already is taken as it is. */
export async function filledHome(home: string, customers: number, transactionsPerCustomer = 10): Promise<Filled> {
  const kept = readFigures(home);
  if (kept !== null && kept.customers === customers) return kept;
  rmSync(home, { recursive: true, force: true });
  console.log(`filling ${home} with ${customers.toLocaleString("en")} customers`);
  await runNode("fill.ts", [home, String(customers), String(transactionsPerCustomer)]);
  const figures = readFigures(home);
  if (figures === null) throw new Error(`${home} was not filled`);
  return figures;
}

/** Runs a script of this folder to its end, in a process of its own. */
export function runNode(script: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], { stdio: "inherit" });
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${script} ended with ${code}`))));
  });
}

/** Over two years: enough for the models of the demo bank. */
export const TRANSACTIONS_TO_LEARN_FROM = 70;

/** A home of `customers`, most of them copies of an imported bank of customers/copies. */
export async function grownHome(home: string, customers: number, copies: number, what: Growth): Promise<Filled> {
  const kept = readFigures(home);
  if (kept?.customers === customers && (kept.grown === what || what === "lists")) return kept;
  const imported = await filledHome(home, customers / copies, what === "computed" ? TRANSACTIONS_TO_LEARN_FROM : undefined);
  const config = configOf(home);
  const db = await openBank(config, { mode: "share" });
  try {
    await grow(config, copies, what, (text) => console.log(`· ${text}`));
  } finally {
    await db.close();
  }
  const figures = { ...imported, customers, copies, grown: what };
  writeFigures(home, figures);
  return figures;
}
