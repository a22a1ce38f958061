import { existsSync } from "node:fs";
import { checkDatabase, readSealFile, trustedKeys, withSealer } from "../governance/audit-seals/index.ts";
import { seedsOpen } from "../governance/factors/index.ts";
import type { BaseManifest } from "../platform/backup/index.ts";
import type { Config } from "../platform/config/index.ts";
import { type Db, inTransaction, readTables } from "../platform/db/index.ts";

export interface RestoreCheck {
  readonly what: string;
  readonly result: string;
  readonly isWhole: boolean;
}

const NAMED_MAX = 5;
const nobody = { userId: null, sessionId: null, requestId: "restore" };

/** What must hold of a restored bank before anybody works in it. */
export async function checkRestored(db: Db, config: Config, base: BaseManifest): Promise<RestoreCheck[]> {
  return [...(await checkTables(db, base)), await checkSeals(db, config), await checkSealedField(db)];
}

async function checkTables(db: Db, base: BaseManifest): Promise<RestoreCheck[]> {
  const now = await readTables(db.embeddedUrl ?? "");
  const found = new Map(now.map((table) => [table.name, table]));
  const missing = base.tables.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  const open = base.tables.filter(({ name, forced }) => forced && found.get(name)?.forced === false).map(({ name }) => name);
  const emptied = base.tables.filter(({ name, rows }) => rows > 0 && found.get(name)?.rows === 0 && isKept(name)).map(({ name }) => name);
  const rowsThen = base.tables.reduce((sum, { rows }) => sum + rows, 0);
  const rowsNow = now.reduce((sum, { rows }) => sum + rows, 0);
  return [
    {
      what: "tables and rows",
      result: `${now.length} tables, ${rowsNow} rows (${rowsThen} when the backup was taken)${named("missing", missing)}${named("now empty", emptied)}`,
      isWhole: missing.length === 0 && emptied.length === 0,
    },
    {
      what: "row-level security",
      result: `forced on ${now.filter(({ forced }) => forced).length} tables${named("no longer on", open)}`,
      isWhole: open.length === 0,
    },
  ];
}

/** Tables of work that passes through may be empty at one moment and full at another. */
const isKept = (table: string) => !/^(jobs|pgboss|staging|platform)\./.test(table);

const named = (what: string, names: readonly string[]) =>
  names.length === 0 ? "" : `; ${what}: ${names.slice(0, NAMED_MAX).join(", ")}${names.length > NAMED_MAX ? " …" : ""}`;

async function checkSeals(db: Db, config: Config): Promise<RestoreCheck> {
  const seals = config.audit.sealFile;
  const { check, tail } = await withSealer(db, (connection) =>
    checkDatabase({
      ...{ connection, keys: trustedKeys(config.audit.keyFile), certificates: [] },
      ...(existsSync(seals) ? { elsewhere: readSealFile(seals) } : {}),
    }),
  );
  return {
    what: "audit trail",
    result: `${check.seals} seals over ${check.rows} rows, ${tail.rows} not sealed yet, ${check.faultCount} faults`,
    isWhole: check.faultCount === 0,
  };
}

async function checkSealedField(db: Db): Promise<RestoreCheck> {
  const opens = await inTransaction(db, nobody, (tx) => seedsOpen(tx), { purpose: "sign_in" });
  const result = opens === null ? "nothing is sealed in this database yet" : opens ? "opens" : "does not open: these are other keys";
  return { what: "a sealed field", result, isWhole: opens !== false };
}
