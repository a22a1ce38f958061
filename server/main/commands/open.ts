import { readFileSync } from "node:fs";
import { operatorCaller } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Config, Refusal, readConfig } from "../../platform/config/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { openBank } from "../open-bank.ts";

export interface Opened {
  readonly config: Config;
  readonly db: Db;
  readonly operator: Caller;
}

/** Opens the database beside a running server (or starts it for the time of the command), works as the operator, closes it again. */
export async function withDatabase<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const db = await openBank(config, { mode: "share", notice: (text) => console.error(text) });
  try {
    return await work({ config, db, operator: await operatorCaller(db) });
  } finally {
    await db.close();
  }
}

/** A text file that the operator named. Fails with Refusal when it cannot be read. */
export function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw fileRefusal(error, path);
  }
}

const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: "is not there",
  EACCES: "may not be opened by this account",
  EISDIR: "is a folder, not a file",
  ENOTDIR: "lies below something that is no folder",
  ENOSPC: "does not fit on its disk",
  EROFS: "lies where nothing can be written",
};

/** What is the matter with a file that the operator named; any other error as it is. */
export function fileRefusal(error: unknown, path: string): unknown {
  const fault = error instanceof Error && "code" in error ? fileFaults[String(error.code)] : undefined;
  return fault === undefined ? error : new Refusal(`${path} ${fault}.`, error);
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
