import { createHash } from "node:crypto";
import { DomainError } from "../errors/index.ts";
import { type KeyProvider, WrongMasterKey } from "./key-provider.ts";

/** How long a process goes on with a key it has unwrapped while the provider is away. */
export const KEY_LIFE_MS = 5 * 60_000;
const KEY_BYTES = 32;
const BOUND_BYTES = 64;

/** The unwrapped keys of one process. */
export interface KeyRing {
  readonly provider: KeyProvider;
  /** Fails with unavailable: the provider does not answer, or the key is not of its master key. There is no other way to a value. */
  readonly open: (wrapped: string, boundTo: string) => Promise<Buffer>;
}

interface Held {
  readonly key: Promise<Buffer>;
  readonly untilMs: number;
}

/** `nowMs` counts up steadily, whatever the wall clock does. */
export function openKeyRing(provider: KeyProvider, nowMs: () => number = () => performance.now()): KeyRing {
  const held = new Map<string, Held>();
  return {
    provider,
    open(wrapped, boundTo) {
      const known = held.get(wrapped);
      if (known !== undefined && nowMs() < known.untilMs) return known.key;
      for (const [other, { untilMs }] of held) if (nowMs() >= untilMs) held.delete(other);
      const key = unwrapBound(provider, wrapped, boundTo).catch((cause: unknown) => {
        held.delete(wrapped);
        const reason = cause instanceof WrongMasterKey ? "wrong_master_key" : "key_provider";
        throw new DomainError("unavailable", "what is encrypted cannot be opened now", { cause, detail: { reason } });
      });
      held.set(wrapped, { key, untilMs: nowMs() + KEY_LIFE_MS });
      return key;
    },
  };
}

/** A key is wrapped together with a hash of what it is for: exchanged for another column's in the table, it does not open. */
export function wrapBound(provider: KeyProvider, key: Buffer, boundTo: string): Promise<string> {
  return provider.wrap(Buffer.concat([key, hashOf(boundTo)]));
}

/** Fails like KeyProvider.unwrap. */
export async function unwrapBound(provider: KeyProvider, wrapped: string, boundTo: string): Promise<Buffer> {
  const both = await provider.unwrap(wrapped);
  if (both.length !== BOUND_BYTES || !both.subarray(KEY_BYTES).equals(hashOf(boundTo)))
    throw new WrongMasterKey("a wrapped key is of another column");
  return both.subarray(0, KEY_BYTES);
}

const hashOf = (boundTo: string) => createHash("sha256").update(`vinculo data key ${boundTo}`).digest();

let ofThisProcess: KeyRing | null = null;

/** Said once when the process opens the bank (openEncryption), like the level of its log: keys are no business of every signature between there and a column. */
export function setKeyRing(ring: KeyRing): void {
  ofThisProcess = ring;
}

export function keyRing(): KeyRing {
  if (ofThisProcess === null) throw new Error("this process has not opened its keys: openEncryption comes first");
  return ofThisProcess;
}
