import { existsSync } from "node:fs";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Clock } from "../../platform/clock/index.ts";
import type { AuditConfig } from "../../platform/config/index.ts";
import type { Db } from "../../platform/db/index.ts";
import type { Closable } from "../../platform/http/index.ts";
import { errorForLog } from "../../platform/telemetry/index.ts";
import { readSealFile } from "./anchors/seal-file.ts";
import { checkDatabase } from "./check-database.ts";
import * as checks from "./check-store.ts";
import { observeSealer, readSealerState } from "./metrics.ts";
import { SEAL_EVERY_MS } from "./rules.ts";
import { openSealKey, type SealKey, trustedKeys } from "./seal-key.ts";
import { sealRows } from "./seal-rows.ts";
import { SealerLine, withSealer } from "./sealer-line.ts";
import * as store from "./store.ts";
import { certificatesOf, destinationsOf, tellSeals } from "./tell-seals.ts";
import { keepAnchor, keepConfigured } from "./told-store.ts";

export interface SealerParts {
  readonly db: Db;
  readonly audit: AuditConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics?: Registry;
}

const MONTHS_EVERY_MS = 6 * 3_600_000;
/** A failure that lasts is told again so often, not every three seconds. */
const TELL_AGAIN_MS = 10 * 60_000;

/** Seals, tells and verifies until it is closed. A failure is logged, shown to auditors where the database allows, and tried again. */
export function startSealer(parts: SealerParts): Closable {
  const running = new Sealer(parts);
  running.begin();
  return { name: "sealer", close: () => running.close() };
}

class Sealer {
  readonly #parts: SealerParts;
  readonly #sealing: SealerLine;
  readonly #telling: SealerLine;
  readonly #looking: SealerLine;
  readonly #stopping = new AbortController();
  readonly #toldAt = new Map<string, number>();
  #key: SealKey | null = null;
  #monthsAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #told: Promise<void> | null = null;
  #checked: Promise<void> | null = null;

  constructor(parts: SealerParts) {
    this.#parts = parts;
    this.#sealing = new SealerLine(parts.db);
    this.#telling = new SealerLine(parts.db);
    this.#looking = new SealerLine(parts.db);
    if (parts.metrics !== undefined) observeSealer(parts.metrics, () => this.#looking.use(readSealerState), parts.clock);
  }

  begin(): void {
    this.#round = this.#turn().finally(() => {
      if (!this.#stopping.signal.aborted) this.#timer = setTimeout(() => this.begin(), SEAL_EVERY_MS);
    });
  }

  /** The last rows are sealed before the process ends, as far as that is possible at once. */
  async close(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#round;
    await this.#turn();
    await Promise.all([this.#told, this.#checked]);
    await Promise.all([this.#sealing.close(), this.#telling.close(), this.#looking.close()]);
  }

  async #turn(): Promise<void> {
    await this.#doing("sealing", () => this.#seal());
    // Destinations and verifications take their time: sealing does not wait for them.
    this.#told ??= this.#doing("telling", () => this.#tell()).finally(() => {
      this.#told = null;
    });
    if (!this.#stopping.signal.aborted)
      this.#checked ??= this.#doing("verifying", () => this.#check()).finally(() => {
        this.#checked = null;
      });
  }

  async #doing(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (this.#toldAt.delete(what)) this.#parts.logger.info(`${what} the audit trail works again`);
    } catch (error) {
      if (this.#stopping.signal.aborted) return;
      const now = performance.now();
      if (now - (this.#toldAt.get(what) ?? Number.NEGATIVE_INFINITY) > TELL_AGAIN_MS) {
        this.#toldAt.set(what, now);
        this.#parts.logger.error({ err: errorForLog(error) }, `${what} the audit trail failed; it is tried again`);
      }
    }
  }

  async #seal(): Promise<void> {
    const { audit } = this.#parts;
    const sealer = { name: "sealer", kind: "sealer", everyMinutes: null } as const;
    await this.#sealing.use(async (connection) => {
      try {
        await this.#prepareMonths(connection);
        if (this.#key === null) await keepConfigured(connection, [sealer, ...destinationsOf(audit)]);
        this.#key ??= await openKey(connection, audit.keyFile);
        while ((await sealRows(connection, this.#key)) !== null) if (this.#stopping.signal.aborted) break;
        await keepAnchor(connection, sealer, null, null);
      } catch (error) {
        const sentence = error instanceof Error ? error.message : "unknown";
        await keepAnchor(connection, sealer, null, sentence.slice(0, 300)).catch(() => undefined);
        throw error;
      }
    });
  }

  async #tell(): Promise<void> {
    const problems = await this.#telling.use((connection) => tellSeals({ ...this.#parts, connection }));
    if (problems.length > 0) throw new Error(problems.join("; "));
  }

  async #prepareMonths(connection: store.SealerConnection): Promise<void> {
    if (performance.now() - this.#monthsAt < MONTHS_EVERY_MS) return;
    this.#monthsAt = performance.now();
    // Somebody reads the trail for long: its rows stay in the default partition until the next try.
    await store
      .prepareMonths(connection)
      .catch((error: unknown) => this.#parts.logger.warn({ err: errorForLog(error) }, "no partition for the audit trail"));
  }

  async #check(): Promise<void> {
    const id = await this.#looking.use(checks.takeCheck);
    if (id === null) return;
    const { db, audit, logger } = this.#parts;
    await withSealer(db, async (connection) => {
      try {
        const { check } = await checkDatabase({
          connection,
          keys: trustedKeys(audit.keyFile),
          certificates: certificatesOf(audit.timestamps?.certificatesFile ?? null),
          ...(existsSync(audit.sealFile) ? { elsewhere: readSealFile(audit.sealFile) } : {}),
          onProgress: (done) => checks.keepProgress(connection, id, done),
          signal: this.#stopping.signal,
        });
        await checks.keepResult(connection, id, check);
        if (check.faultCount > 0)
          logger.error(
            { faults: check.faultCount, kind: check.faults[0]?.kind, seal: check.faults[0]?.seal, row: check.faults[0]?.row },
            "the audit trail is not whole",
          );
      } catch (error) {
        await checks.keepProblem(connection, id, error instanceof Error ? error.message : "unknown");
        throw error;
      }
    });
  }
}

/** Opens the key, makes it in a bank that has no seal yet, and leaves its public half in the database. */
export async function openKey(connection: store.SealerConnection, file: string): Promise<SealKey> {
  const isFirst = (await store.readLastSeal(connection)) === null;
  const key = openSealKey(file, isFirst);
  await store.keepPublicKey(connection, key.keyId, key.publicKey.export({ type: "spki", format: "der" }));
  return key;
}
