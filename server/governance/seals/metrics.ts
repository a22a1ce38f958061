import { Gauge, type Registry } from "prom-client";
import type { Clock } from "../../platform/clock/index.ts";
import { NO_SNAPSHOT, readStatement } from "./proof/statement.ts";
import { isLate, type LastSeal } from "./rules.ts";
import * as store from "./store.ts";
import { type ListedAnchor, listAnchors } from "./told-store.ts";

export interface SealerState {
  readonly last: LastSeal | null;
  readonly tail: { readonly rows: number; readonly oldestAt: Date | null };
  readonly anchors: readonly ListedAnchor[];
}

export async function readSealerState(connection: store.SealerConnection): Promise<SealerState> {
  const seal = await store.readLastSeal(connection);
  const statement = seal === null ? null : readStatement(seal.statement);
  const tail = await store.readTail(connection, statement?.to ?? NO_SNAPSHOT, statement?.upto ?? statement?.above ?? "0");
  const last = statement === null ? null : { no: statement.no, sealedAt: new Date(statement.sealedAt) };
  return { last, tail, anchors: await listAnchors(connection) };
}

/** What an operator's alarms stand on. Read from the database at each scrape. */
export function observeSealer(registry: Registry, read: () => Promise<SealerState>, clock: Clock): void {
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers: [registry] });
  const lastNo = gauge("vinculo_audit_last_seal_number", "Number of the last seal of the audit trail");
  const lastAt = gauge("vinculo_audit_last_seal_timestamp_seconds", "When the last seal was made");
  const tail = gauge("vinculo_audit_unsealed_rows", "Rows of the audit trail that no seal covers yet");
  const age = gauge("vinculo_audit_unsealed_seconds", "Age of the oldest row that no seal covers yet");
  const told = gauge("vinculo_audit_told_timestamp_seconds", "When the sealer last looked (sealer), or a destination last took a seal", [
    "destination",
  ]);
  new Gauge({
    name: "vinculo_audit_late",
    help: "1: the sealer or a destination is late or has a problem",
    labelNames: ["destination"],
    registers: [registry],
    async collect() {
      const state = await read().catch(() => null);
      const now = clock.now();
      this.set({ destination: "state" }, state === null ? 1 : 0);
      if (state === null) return;
      lastNo.set(Number(state.last?.no ?? 0));
      lastAt.set((state.last?.sealedAt.getTime() ?? 0) / 1000);
      tail.set(state.tail.rows);
      age.set(state.tail.oldestAt === null ? 0 : (now.getTime() - state.tail.oldestAt.getTime()) / 1000);
      for (const anchor of state.anchors) {
        this.set({ destination: anchor.kind }, isLate(anchor, state.last, now) ? 1 : 0);
        told.set({ destination: anchor.kind }, (anchor.doneAt?.getTime() ?? 0) / 1000);
      }
    },
  });
}
