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

type Values = readonly (readonly [labels: Record<string, string>, value: number])[];

const seconds = (moment: Date | null | undefined) => (moment?.getTime() ?? 0) / 1000;

/** What an operator's alarms stand on. Read from the database once a scrape. */
export function observeSealer(registry: Registry, read: () => Promise<SealerState>, clock: Clock): void {
  let reading: Promise<SealerState | null> | null = null;
  const stateNow = () => {
    reading ??= read()
      .catch(() => null)
      .finally(() => setImmediate(() => (reading = null)));
    return reading;
  };
  const gauge = (name: string, help: string, valuesOf: (state: SealerState | null, now: Date) => Values) => {
    const labelNames = name.endsWith("_late") || name.includes("_told_") ? ["destination"] : [];
    new Gauge({
      name,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const state = await stateNow();
        this.reset();
        for (const [labels, value] of valuesOf(state, clock.now())) this.set(labels, value);
      },
    });
  };
  gauge("vinculo_audit_last_seal_number", "Number of the last seal of the audit trail", (state) => [[{}, Number(state?.last?.no ?? 0)]]);
  gauge("vinculo_audit_last_seal_timestamp_seconds", "When the last seal was made", (state) => [[{}, seconds(state?.last?.sealedAt)]]);
  gauge("vinculo_audit_unsealed_rows", "Rows of the audit trail that no seal covers yet", (state) => [[{}, state?.tail.rows ?? 0]]);
  gauge("vinculo_audit_unsealed_seconds", "Age of the oldest row that no seal covers yet", (state, now) => [
    [{}, state?.tail.oldestAt == null ? 0 : seconds(now) - seconds(state.tail.oldestAt)],
  ]);
  gauge("vinculo_audit_told_timestamp_seconds", "When the sealer last looked (sealer), or a destination last took a seal", (state) =>
    (state?.anchors ?? []).map(({ kind, doneAt }) => [{ destination: kind }, seconds(doneAt)]),
  );
  gauge(
    "vinculo_audit_late",
    "1: the sealer or a destination is late or has a problem; state: nothing can be read of them",
    (state, now) => [
      [{ destination: "state" }, state === null ? 1 : 0],
      ...(state?.anchors ?? []).map((anchor) => [{ destination: anchor.kind }, isLate(anchor, state?.last ?? null, now) ? 1 : 0] as const),
    ],
  );
}
