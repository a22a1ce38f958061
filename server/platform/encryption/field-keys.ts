import { createSecretKey, type KeyObject } from "node:crypto";
import type { Tx } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { blinder, keyNoOf, openValue, SealedValueBroken, sealValue } from "./envelope.ts";
import { keyRing } from "./key-ring.ts";
import { holdIndex, holdSealingKey, type IndexUse, listKeysOf, sealsBefore, takeSeals } from "./store.ts";

/** Opens the values of one column, whatever epoch they are of. For the transaction it was made in, not for keeping. */
export interface FieldOpener {
  /** Fails with SealedValueBroken: changed, moved, or of a key nobody has. */
  readonly open: (rowId: string, sealed: Buffer) => string;
}

export interface FieldSealer extends FieldOpener {
  readonly keyNo: number;
  readonly seal: (rowId: string, text: string) => Buffer;
}

/** Makes a value in its normalised form into its blind index (envelope.blinder). */
export type Blind = (normalised: string) => Buffer;

/** Blind indexes of one column. For the transaction it was made in, which holds the index as it is until it ends. */
export interface FieldIndex {
  /** Number of the key `blind` is made with. */
  readonly keyNo: number;
  /** The form that is kept. */
  readonly blind: Blind;
  /** While another key is coming: the form to be kept beside it. */
  readonly next: Blind | null;
  /** While a key is going: the form that may still stand somewhere. */
  readonly was: Blind | null;
}

const SEALS_PER_BLOCK = 65_536;
/** NIST SP 800-38D, 8.3, allows 2^32 random IVs a key; the counting is in blocks, so it ends a good way before. */
export const SEALS_MAX = 2n ** 32n - 2n ** 24n;
/** From here on the column is due for a new key. */
export const SEALS_DUE = 2n ** 31n;

export const boundTo = (column: string, epoch: number) => `${column} ${epoch}`;

/** Opens. `column` is schema.table.column. Fails with unavailable while the provider is away and the keys are not held any more. */
export async function openField(tx: Tx, column: string): Promise<FieldOpener> {
  return openerOf(column, await openKeysOf(tx, column));
}

/** Whoever asks for a value asks for each form there may be of it. Fails like openField. */
export async function indexField(tx: Tx, column: string): Promise<FieldIndex> {
  await holdIndex(tx, column);
  const ring = keyRing();
  const keys = (await listKeysOf(tx, column)).filter(({ epoch }) => epoch <= 0);
  const blindBy = async (use: IndexUse) => {
    const key = keys.find(({ indexUse }) => indexUse === use);
    return key === undefined ? null : { keyNo: key.keyNo, blind: blinder(await ring.open(key.wrapped, boundTo(column, key.epoch))) };
  };
  const [current, coming, going] = [await blindBy("current"), await blindBy("coming"), await blindBy("going")];
  if (current === null) throw new Error(`${column} has no blind index`);
  return { ...current, next: coming?.blind ?? null, was: going?.blind ?? null };
}

/**
 * Seals with the newest key, which this transaction holds until it ends (platform.sealing_key), and opens. Fails with unavailable like openField, and when
 * the key has sealed as many values as one may.
 */
export async function sealField(tx: Tx, column: string): Promise<FieldSealer> {
  const keyNo = await holdSealingKey(tx, column);
  const keys = await openKeysOf(tx, column);
  const key = keys.get(keyNo ?? -1);
  if (keyNo === null || key === undefined) throw new Error(`${column} has no key: openEncryption makes it`);
  const count = await counterOf(tx, keyNo);
  return {
    ...openerOf(column, keys),
    keyNo,
    seal(rowId, text) {
      count();
      return sealValue(key, keyNo, { column, rowId }, text);
    },
  };
}

/** Number of the key -> made into a key object once: from bytes each value sealed or opened would make its own. */
type OpenKeys = ReadonlyMap<number, KeyObject>;

/** The list is asked each time, so that a new epoch counts at once on every server; unwrapping costs nothing while the ring holds the key. */
async function openKeysOf(tx: Tx, column: string): Promise<OpenKeys> {
  const rows = (await listKeysOf(tx, column)).filter(({ epoch }) => epoch > 0);
  const ring = keyRing();
  return new Map(
    await Promise.all(
      rows.map(async ({ keyNo, epoch, wrapped }) => [keyNo, createSecretKey(await ring.open(wrapped, boundTo(column, epoch)))] as const),
    ),
  );
}

function openerOf(column: string, keys: OpenKeys): FieldOpener {
  return {
    open(rowId, sealed) {
      const key = keys.get(keyNoOf(sealed));
      if (key === undefined) throw new SealedValueBroken(`a value of ${column} names a key that is not there`);
      return openValue(key, { column, rowId }, sealed);
    },
  };
}

/** Seals left to this process of the block it took last. */
let seals = { left: 0, last: 0n };

async function counterOf(tx: Tx, keyNo: number): Promise<() => void> {
  while (seals.left <= 0) seals = { left: seals.left + SEALS_PER_BLOCK, last: await takeSeals(tx) };
  if (seals.last - (await sealsBefore(tx, keyNo)) >= SEALS_MAX)
    throw new DomainError("unavailable", "the key of a column has sealed as many values as it may: rotate it", {
      detail: { reason: "key_used_up" },
    });
  // One transaction may seal more than what is left; the next one takes blocks until the count is right again.
  return () => {
    seals.left -= 1;
  };
}
