import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Caller } from "../../platform/caller/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { LoadProgress, LoadReport } from "./contract.ts";
import { dryRunDelivery } from "./dry-run.ts";
import { loadDelivery } from "./load-delivery.ts";
import type { Checkpoint } from "./load-run.ts";
import { type GivenFile, openDelivery } from "./open-delivery.ts";

export interface ImportOrder {
  readonly db: Db;
  readonly caller: Caller;
  readonly mappingPath: string;
  /** A folder with the files of the delivery, or the files themselves. */
  readonly folder?: string;
  readonly files?: readonly string[];
  readonly dryRun?: boolean;
  readonly onProgress?: (progress: LoadProgress) => void;
  readonly checkpoint?: Checkpoint;
  readonly signal?: AbortSignal;
}

export interface ImportResult {
  readonly loadId: string;
  /** done; or dry_run: nothing was kept. */
  readonly state: "done" | "dry_run";
  /** The same delivery was loaded before; nothing was done. */
  readonly repeated: boolean;
  readonly report: LoadReport;
}

const FILES_MAX = 1000;

/** Brings the files of one source in. Fails with what openDelivery and loadDelivery fail with. */
export async function importDelivery(order: ImportOrder): Promise<ImportResult> {
  const delivery = await openDelivery(await mappingText(order.mappingPath), await givenFiles(order));
  if (order.dryRun === true) {
    const { report } = await dryRunDelivery({ ...order, delivery });
    return { loadId: delivery.loadId, state: "dry_run", repeated: false, report };
  }
  const { loadId, repeated, report } = await loadDelivery({ ...order, delivery });
  return { loadId, state: "done", repeated, report };
}

/** The one line that `vinculo import --json` ends with. Money in minor units as decimal text. A repeated delivery changed nothing and says so. */
export function importLine({ loadId, state, repeated, report }: ImportResult): string {
  const kinds = Object.fromEntries(Object.entries(report.kinds).map(([kind, counts]) => [kind, repeated ? nothingNew(counts) : counts]));
  const controlTotals = report.controlTotals.map(({ kind, currency, rows, fileMinor, databaseMinor, quarantinedMinor }) => ({
    kind,
    currency,
    rows,
    fileMinor,
    databaseMinor,
    quarantinedMinor,
  }));
  const quarantined = Object.values(report.kinds).reduce((sum, counts) => sum + counts.quarantined, 0);
  return JSON.stringify({
    loadId,
    state,
    repeated,
    kinds,
    holdings: report.holdings,
    controlTotals,
    quarantined,
    seconds: Math.round(report.seconds * 1000) / 1000,
  });
}

function nothingNew(counts: LoadReport["kinds"][string]): LoadReport["kinds"][string] {
  return { ...counts, created: 0, updated: 0, linked: 0, unchanged: counts.read - counts.quarantined };
}

async function mappingText(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new DomainError("not_found", `the mapping ${path} cannot be read`, { cause });
  });
}

async function givenFiles({ folder, files }: ImportOrder): Promise<GivenFile[]> {
  const paths = [...(files ?? []), ...(folder === undefined ? [] : await namesIn(folder))];
  return paths.map((path) => ({ name: basename(path), path }));
}

async function namesIn(folder: string): Promise<string[]> {
  const found = await stat(folder).catch((cause: unknown) => {
    throw new DomainError("not_found", `${folder} is not there or cannot be read`, { cause });
  });
  if (!found.isDirectory()) return [folder];
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map((entry) => entry.name);
  if (names.length > FILES_MAX) throw new DomainError("too_large", `${folder} has more than ${FILES_MAX} files`);
  return names.sort().map((name) => join(folder, name));
}
