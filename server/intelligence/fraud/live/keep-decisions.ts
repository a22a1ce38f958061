import { record } from "../../../governance/audit/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { raiseAlerts } from "../alerts/raise-alerts.ts";
import { deskOf } from "./desk.ts";
import type { Suspect } from "./replay.ts";
import * as store from "./store.ts";

const WAIT_MS = 25;
const RETRY_MS = 1_000;
const BATCH_MAX = 1_000;
/** Decisions that wait to be written. Beyond, the desk answers nothing more: what it said must be on record. */
const WAITING_MAX = 5_000;

interface Waiting {
  readonly caller: Caller;
  readonly clock: Clock;
  readonly kept: store.KeptDecision;
  readonly suspect: Suspect | null;
}

const keepers = new WeakMap<Db, Keeper>();

export function keeperOf(db: Db): Keeper {
  const known = keepers.get(db);
  if (known !== undefined) return known;
  const keeper = new Keeper(db);
  keepers.set(db, keeper);
  return keeper;
}

/** Writes decisions behind their answers, many in one transaction, with their alerts and their row on the trail. A failed writing is tried again. */
export class Keeper {
  onError: (error: unknown) => void = () => undefined;
  private readonly db: Db;
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;
  private closing = false;

  constructor(db: Db) {
    this.db = db;
  }

  /** Fails with unavailable. */
  requireRoom(): void {
    if (this.waiting.length >= WAITING_MAX) throw new DomainError("unavailable", "decisions wait to be written");
  }

  keep(caller: Caller, clock: Clock, kept: store.KeptDecision, suspect: Suspect | null): void {
    this.waiting.push({ caller, clock, kept, suspect });
    this.running ??= this.writeAll().finally(() => {
      this.running = null;
    });
  }

  /** Ends when nothing waits any more, or when it cannot be written. */
  async settle(): Promise<void> {
    await this.running;
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.running;
  }

  private async writeAll(): Promise<void> {
    while (this.waiting.length > 0) {
      if (!this.closing) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      const batch = this.waiting.slice(0, BATCH_MAX);
      const first = batch[0] as Waiting;
      try {
        await this.write(first, batch);
        this.waiting = this.waiting.slice(batch.length);
        await deskOf(this.db).catchUp(first.caller, first.clock);
      } catch (error) {
        this.onError(error);
        if (this.closing) return;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  private async write({ caller, clock }: Waiting, batch: readonly Waiting[]): Promise<void> {
    const suspects = batch.flatMap(({ suspect }) => (suspect === null ? [] : [suspect]));
    const count = (verdict: string) => batch.filter(({ kept }) => kept.answer.verdict === verdict).length;
    await store.asWorker(this.db, caller, async (tx) => {
      await store.insertDecisions(
        tx,
        batch.map(({ kept }) => kept),
      );
      await raiseAlerts(tx, clock, suspects, deskOf(this.db).rates);
      await record(tx, {
        ...{ caller, action: "payment.decided", subjectKind: "payment", subjectCount: batch.length },
        detail: { approve: count("approve"), review: count("review"), decline: count("decline") },
      });
    });
  }
}
