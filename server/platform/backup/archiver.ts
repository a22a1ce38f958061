import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import type { Logger } from "pino";
import { identifySystem, keepSlot, type LogReceiver, lsnOf, readSlot, receiveLog } from "../db/index.ts";
import { errorForLog } from "../telemetry/index.ts";
import { type BackupKey, openBackupKey } from "./backup-key.ts";
import { LogArchive } from "./log-archive.ts";
import { listBases, pruneBases, readRepository } from "./repository.ts";
import { type BackupState, keepState, readState } from "./state.ts";

export const SLOT = "vinculo_backup";

export interface ArchiverParts {
  readonly url: string;
  readonly home: string;
  readonly folder: string;
  readonly keyFile: string;
  readonly keepDays: number;
  readonly everyHours: number;
  readonly now: () => Date;
  readonly logger: Logger;
  /** Takes a base, when the newest is too old or a gap in the log asks for one. */
  readonly takeBase: (key: BackupKey) => Promise<unknown>;
  /** Told once when archiving begins to fail, with a sentence for people, and once when it works again (null). */
  readonly onTrouble?: (trouble: string | null) => Promise<void>;
}

const LOOK_EVERY_MS = 2_000;
/** So long a failure is the weather; after it people are told. */
const TELL_AFTER_MS = 30_000;
const BASE_AGAIN_MS = 10 * 60_000;
const FREE_MIN_BYTES = 256 * 2 ** 20;
/** At the end: what is not archived by then is at the next start. */
const CATCH_UP_MS = 5_000;
const ON_ITS_WAY_MS = 100;
const HOUR_MS = 3_600_000;

/** Archives the log while there is a repository (the first `vinculo backup` makes it), takes bases on time, prunes, and says when it cannot. */
export class Archiver {
  readonly name = "backup";
  readonly #parts: ArchiverParts;
  readonly #stopping = new AbortController();
  #receiver: LogReceiver | null = null;
  #archive: LogArchive | null = null;
  #timer: NodeJS.Timeout | undefined;
  #turn: Promise<void> = Promise.resolve();
  #basing: Promise<void> | null = null;
  #baseAgainMs = Number.NEGATIVE_INFINITY;
  #wantsBase = false;
  #failingSince: Date | null = null;
  #isTold = false;
  #state: BackupState = { archivedAt: null, archivedLsn: null, failingSince: null, trouble: null };

  constructor(parts: ArchiverParts) {
    this.#parts = parts;
  }

  get state(): BackupState {
    return this.#state;
  }

  begin(): void {
    this.#turn = this.#look().finally(() => {
      if (!this.#stopping.signal.aborted) this.#timer = setTimeout(() => this.begin(), LOOK_EVERY_MS);
    });
  }

  /** What the server has written so far is archived when this returns, as far as the repository takes it. */
  async close(): Promise<void> {
    this.#stopping.abort();
    clearTimeout(this.#timer);
    await this.#turn;
    await this.#basing;
    await this.#catchUp();
    await this.#receiver?.stop().catch(() => undefined);
    await this.#archive?.close();
  }

  async #catchUp(): Promise<void> {
    if (this.#receiver === null) return;
    const end = await identifySystem(this.#parts.url).catch(() => null);
    const deadlineMs = performance.now() + CATCH_UP_MS;
    while (end !== null && this.#receiver !== null && (this.#archive?.lsn ?? 0n) < lsnOf(end.lsn) && performance.now() < deadlineMs)
      await wait(20);
  }

  async #look(): Promise<void> {
    try {
      if (readRepository(this.#parts.folder) === null) {
        // A slot without a repository to fill would keep the log for ever: somebody removed the folder, or its disk is not there.
        if (readState(this.#parts.home) !== null && (await readSlot(this.#parts.url, SLOT)) !== null)
          throw new Error(`the folder of the backups ${this.#parts.folder} is not there`);
        return;
      }
      const disk = await statfs(this.#parts.folder);
      if (disk.bavail * disk.bsize < FREE_MIN_BYTES) throw new Error("the disk of the backups is full");
      const key = openBackupKey(this.#parts.keyFile, this.#parts.folder, false);
      if (this.#receiver === null) await this.#connect(key);
      this.#keepBases(key);
      await this.#worked();
    } catch (error) {
      await this.#failed(error);
    }
  }

  async #connect(key: BackupKey): Promise<void> {
    const { url, folder } = this.#parts;
    const { systemId, timeline } = await identifySystem(url);
    const repository = readRepository(folder);
    if (repository?.systemId !== systemId) throw new Error(`the backups in ${folder} are of another database`);
    if (repository.keyId !== key.keyId) throw new Error(`the backups in ${folder} are sealed with another key`);
    await keepSlot(url, SLOT);
    const slot = await readSlot(url, SLOT);
    if (slot === null) throw new Error("the server keeps no slot");
    if (slot.isActive) throw new Error("another process archives the log of this database");
    await this.#archive?.close();
    const from = lsnOf(slot.restartLsn ?? "0/0");
    const archive = await LogArchive.open(folder, timeline, key, from);
    // Behind a gap, and on a new timeline, only a new base makes what follows useful.
    const newest = listBases(folder, key).at(-1);
    if (newest === undefined || newest.timeline !== timeline || archive.startedAfterGap) this.#wantsBase = true;
    this.#archive = archive;
    const receiver = await receiveLog({
      ...{ url, slot: SLOT, timeline, fromLsn: archive.lsn },
      keep: (lsn, bytes) => archive.keep(lsn, bytes),
      flush: async () => {
        // What was written by then had come: the server sends at once. A little before, for what is still on its way.
        const began = new Date(this.#parts.now().getTime() - ON_ITS_WAY_MS);
        const lsn = await archive.flush();
        this.#state = { ...this.#state, archivedAt: began.toISOString(), archivedLsn: String(lsn) };
        keepState(this.#parts.home, this.#state);
        return lsn;
      },
    });
    this.#receiver = receiver;
    receiver.done
      .catch((error: unknown) => (this.#stopping.signal.aborted ? undefined : this.#failed(error)))
      .finally(() => {
        if (this.#receiver === receiver) this.#receiver = null;
      });
  }

  #keepBases(key: BackupKey): void {
    const { folder, everyHours, keepDays, now, logger } = this.#parts;
    if (this.#basing !== null || performance.now() - this.#baseAgainMs < BASE_AGAIN_MS) return;
    const newest = listBases(folder, key).at(-1);
    // The first is the operator's: with it archiving begins.
    const isDue = newest !== undefined && now().getTime() - new Date(newest.startedAt).getTime() >= everyHours * HOUR_MS;
    if (!isDue && !this.#wantsBase) return;
    this.#baseAgainMs = performance.now();
    this.#basing = this.#parts
      .takeBase(key)
      .then(() => {
        this.#wantsBase = false;
        const gone = pruneBases(folder, key, new Date(now().getTime() - keepDays * 24 * HOUR_MS));
        logger.info({ gone: gone.length }, "a backup was taken");
      })
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#basing = null;
      });
  }

  async #worked(): Promise<void> {
    if (this.#receiver === null) return;
    if (this.#failingSince !== null) this.#parts.logger.info("archiving the log of the database works again");
    if (this.#isTold) await this.#parts.onTrouble?.(null).catch(() => undefined);
    this.#failingSince = null;
    this.#isTold = false;
    this.#keep(null);
  }

  async #failed(error: unknown): Promise<void> {
    const now = this.#parts.now();
    const trouble = error instanceof Error ? error.message.slice(0, 300) : "unknown";
    if (this.#failingSince === null)
      this.#parts.logger.error({ err: errorForLog(error) }, "archiving the log of the database fails; it is tried again");
    this.#failingSince ??= now;
    this.#keep(trouble);
    if (this.#isTold || now.getTime() - this.#failingSince.getTime() < TELL_AFTER_MS) return;
    this.#isTold = true;
    await this.#parts.onTrouble?.(trouble).catch((why: unknown) => {
      this.#isTold = false; // the database may be away as well: told when it is back
      this.#parts.logger.warn({ err: errorForLog(why) }, "nobody could be told that archiving fails");
    });
  }

  #keep(trouble: string | null): void {
    this.#state = { ...this.#state, failingSince: this.#failingSince?.toISOString() ?? null, trouble };
    if (existsSync(this.#parts.home)) keepState(this.#parts.home, this.#state);
  }
}

/** Archives what the server has written until now, for a command without a running server. Nothing when a server does it already. */
export async function archiveNow({ url, folder, key }: { url: string; folder: string; key: BackupKey }): Promise<void> {
  const { timeline, lsn } = await identifySystem(url);
  await keepSlot(url, SLOT);
  const slot = await readSlot(url, SLOT);
  if (slot === null || slot.isActive) return;
  const archive = await LogArchive.open(folder, timeline, key, lsnOf(slot.restartLsn ?? "0/0"));
  const target = lsnOf(lsn);
  const reached = Promise.withResolvers<void>();
  if (archive.lsn >= target) reached.resolve();
  const receiver = await receiveLog({
    ...{ url, slot: SLOT, timeline, fromLsn: archive.lsn },
    keep: async (from, bytes) => {
      await archive.keep(from, bytes);
      if (archive.lsn >= target) reached.resolve();
    },
    flush: () => archive.flush(),
  });
  await Promise.race([reached.promise, receiver.done]);
  await receiver.stop();
  await archive.close();
}
