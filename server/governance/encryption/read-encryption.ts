import type { Caller } from "../../platform/caller/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { countByKey, type DataKeyRow, keyRing, listKeys, SEALS_DUE, type SealedColumn } from "../../platform/encryption/index.ts";
import { permit } from "../permissions/index.ts";
import { type EncryptedColumn, EPOCHS_MAX, type Rotation } from "./contract.ts";
import { indexSteps } from "./index-steps.ts";
import { listLastRotations, type ShownRotation } from "./store.ts";

export interface EncryptionState {
  readonly provider: { readonly kind: "file" | "transit"; readonly place: string; readonly masterKey: string | null };
  readonly columns: EncryptedColumn[];
}

/** Counts the rows of every key, which reads each encrypted column once. Fails with not_allowed. */
export async function readEncryption(db: Db, caller: Caller, columns: readonly SealedColumn[]): Promise<EncryptionState> {
  permit(caller, "key:manage");
  return readState(db, caller, columns);
}

/** For the command line. */
export async function readState(db: Db, caller: Caller, columns: readonly SealedColumn[]): Promise<EncryptionState> {
  const { provider } = keyRing();
  const masterKey = await provider.masterKey().catch(() => null);
  const shown = await inTransaction(db, caller, (tx) => describe(tx, columns), { role: "worker", readOnly: true });
  return { provider: { kind: provider.kind, place: provider.place, masterKey }, columns: shown };
}

async function describe(tx: Tx, columns: readonly SealedColumn[]): Promise<EncryptedColumn[]> {
  const keys = await listKeys(tx);
  const rotations = await listLastRotations(tx);
  const shown: EncryptedColumn[] = [];
  for (const column of columns) {
    const counts = await countByKey(tx, column);
    const own = keys.filter((key) => key.column === column.column && key.epoch > 0);
    const last = rotations.find((rotation) => rotation.column === column.column);
    shown.push({
      column: column.column,
      // Keys of the index count downwards, so the newest is the last.
      indexKeyAt: keys.findLast((key) => key.column === column.column && key.epoch <= 0)?.createdAt ?? null,
      epochs: own
        .slice(0, EPOCHS_MAX)
        .map(({ epoch, createdAt, masterKey, keyNo }) => ({ epoch, createdAt, masterKey, rows: counts.get(keyNo) ?? 0 })),
      isDue: (own[0]?.sealsMax ?? 0n) >= SEALS_DUE,
      rotation: last === undefined ? null : shownRotation(last, column, own),
    });
  }
  return shown;
}

function shownRotation({ keyNo, column: _, ...last }: ShownRotation, column: SealedColumn, own: readonly DataKeyRow[]): Rotation {
  const steps = last.part === "index" ? indexSteps(column).length : 1;
  return { ...last, steps, epoch: own.find((key) => key.keyNo === keyNo)?.epoch ?? null };
}
