import { operatorCaller } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Config, readConfig } from "../../platform/config/index.ts";
import { type Db, openDatabase } from "../../platform/db/index.ts";

export interface Opened {
  readonly config: Config;
  readonly db: Db;
  readonly operator: Caller;
}

/** Opens the database beside a running server (or starts it for the time of the command), works as the operator, closes it again. */
export async function withDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const db = await openDatabase(config, { mode: "share", notice: (text) => console.error(text) });
  try {
    return await work({ config, db, operator: await operatorCaller(db) });
  } finally {
    await db.close();
  }
}

/** Rows of a small table on the terminal. */
export function printTable(rows: readonly Record<string, unknown>[]): void {
  if (rows.length === 0) console.log("nothing");
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => names.map((name) => String(row[name] ?? "")));
  const widths = names.map((name, column) => Math.max(name.length, ...cells.map((cell) => cell[column]?.length ?? 0)));
  for (const line of [names, ...cells])
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
}
