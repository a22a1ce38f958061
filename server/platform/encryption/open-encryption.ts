import { randomBytes } from "node:crypto";
import { type Config, Refusal } from "../config/index.ts";
import { type ContextCaller, type Db, inTransaction, type Tx } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { openBothProviders } from "./both-providers.ts";
import { boundTo } from "./field-keys.ts";
import { isOfFile, openFileProvider } from "./file-provider.ts";
import { type KeyProvider, KeysUnavailable, WrongMasterKey } from "./key-provider.ts";
import { openKeyRing, setKeyRing, unwrapBound, wrapBound } from "./key-ring.ts";
import type { SealedColumn } from "./sealed-column.ts";
import { type DataKeyRow, insertKey, listKeys } from "./store.ts";
import { openTransitProvider } from "./transit-provider.ts";

const KEY_BYTES = 32;

export interface Opening {
  readonly config: Pick<Config, "encryption">;
  readonly db: Db;
  /** Who makes the keys that are missing: the operator. */
  readonly caller: ContextCaller;
  readonly columns: readonly SealedColumn[];
  readonly notice?: ((text: string) => void) | undefined;
}

/**
 * Opens the key provider for this process, makes the keys of columns that have none, and tries that the newest ones open. Fails with Refusal: the master key
 * is missing, or is another than the one the database was encrypted with. A key service that does not answer is told of and tried again when a key is
 * needed; until then what is encrypted is unavailable, and nothing is ever written or read in the clear instead.
 */
export async function openEncryption({ config, db, caller, columns, notice = () => undefined }: Opening): Promise<KeyProvider> {
  const keys = await inTransaction(db, caller, listKeys, { role: "worker" });
  const provider = providerOf(config, keys);
  try {
    await requireOpening(provider, keys);
    await makeMissing({ db, caller, columns, provider, keys });
  } catch (error) {
    if (!isAway(error)) throw error;
    const missing = columns.filter(({ column }) => !keys.some((key) => key.column === column && key.epoch > 0));
    if (missing.length > 0)
      throw new Refusal(
        `The key service at ${provider.place} does not answer, and the keys of ${missing.length} encrypted columns have to be made: start it, or mend VINCULO_TRANSIT_URL and its token.`,
        error,
      );
    notice(`the key service at ${provider.place} does not answer: what is encrypted stays closed until it does`);
  }
  setKeyRing(openKeyRing(provider));
  return provider;
}

const isAway = (error: unknown) => error instanceof KeysUnavailable || (error instanceof DomainError && error.code === "unavailable");

/** The one the settings name; beside it the other, while keys are still wrapped by it (governance/encryption, moving). */
function providerOf({ encryption }: Pick<Config, "encryption">, keys: readonly DataKeyRow[]): KeyProvider {
  const { keyFile, transit, provider } = encryption;
  const ofFile = keys.some(({ wrapped }) => isOfFile(wrapped));
  const ofTransit = keys.some(({ wrapped }) => !isOfFile(wrapped));
  const file = () => openFileProvider(keyFile, !ofFile);
  if (transit === null) return file();
  if (provider === "file") return ofTransit ? openBothProviders(file(), openTransitProvider(transit)) : file();
  return ofFile ? openBothProviders(openTransitProvider(transit), file()) : openTransitProvider(transit);
}

/** The newest key of each column. Older ones were wrapped by the same master key, or an older version of it. */
async function requireOpening(provider: KeyProvider, keys: readonly DataKeyRow[]): Promise<void> {
  const newest = new Map<string, DataKeyRow>();
  for (const key of keys) if (!newest.has(key.column)) newest.set(key.column, key);
  for (const { column, epoch, wrapped } of newest.values()) {
    await unwrapBound(provider, wrapped, boundTo(column, epoch)).catch((error: unknown) => {
      if (!(error instanceof WrongMasterKey)) throw error;
      throw new Refusal(
        `The master key at ${provider.place} is not the one this database was encrypted with: put that one back (your copy of VINCULO_HOME/keys), or set the key provider it came from. Nothing was changed.`,
        error,
      );
    });
  }
}

interface Making {
  readonly db: Db;
  readonly caller: ContextCaller;
  readonly columns: readonly SealedColumn[];
  readonly provider: KeyProvider;
  readonly keys: readonly DataKeyRow[];
}

async function makeMissing({ db, caller, columns, provider, keys }: Making): Promise<void> {
  const wanted = columns.flatMap(({ column, isIndexed }) => [
    ...(keys.some((key) => key.column === column && key.epoch > 0) ? [] : [{ column, epoch: 1 }]),
    ...(isIndexed && !keys.some((key) => key.column === column && key.epoch <= 0) ? [{ column, epoch: 0 }] : []),
  ]);
  for (const { column, epoch } of wanted)
    await inTransaction(db, caller, (tx) => makeKeyIn(tx, provider, column, epoch), { role: "worker" });
}

/** A new key of a column, wrapped and kept; its number, or null when somebody was faster. On the worker. Fails with unavailable. */
export async function makeKeyIn(tx: Tx, provider: KeyProvider, column: string, epoch: number): Promise<number | null> {
  try {
    const masterKey = await provider.masterKey();
    const wrapped = await wrapBound(provider, randomBytes(KEY_BYTES), boundTo(column, epoch));
    return await insertKey(tx, { column, epoch, wrapped, masterKey });
  } catch (cause) {
    if (!(cause instanceof KeysUnavailable)) throw cause;
    throw new DomainError("unavailable", "no key can be made now", { cause, detail: { reason: "key_provider" } });
  }
}
