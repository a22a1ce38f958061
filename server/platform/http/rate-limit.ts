import { isIPv6 } from "node:net";
import type { Allowance } from "./settings.ts";

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Above this many keys the longest unused are forgotten: a flood of addresses must not become a flood of memory. */
const KEYS_MAX = 50_000;

/** Token buckets by key, in the memory of one process. */
export class RateLimiter {
  readonly #allowance: Allowance;
  readonly #buckets = new Map<string, Bucket>();

  constructor(allowance: Allowance) {
    this.#allowance = allowance;
  }

  /** Takes one token. Returns 0 when it was there, else the seconds until the next one (at least 1). */
  take(key: string, nowMs: number): number {
    const { burst, perSecond } = this.#allowance;
    const bucket = this.#buckets.get(key) ?? { tokens: burst, filledAtMs: nowMs };
    const passedMs = Math.max(0, nowMs - bucket.filledAtMs);
    bucket.tokens = Math.min(burst, bucket.tokens + (passedMs / 1000) * perSecond);
    bucket.filledAtMs = nowMs;
    // Re-inserted, so that the map's order is the order of last use.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    this.#forgetOldest();
    if (bucket.tokens < 1) return Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond));
    bucket.tokens -= 1;
    return 0;
  }

  /** Gives a token back: the attempt turned out to be a good one. */
  refund(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.tokens = Math.min(this.#allowance.burst, bucket.tokens + 1);
  }

  #forgetOldest(): void {
    if (this.#buckets.size <= KEYS_MAX) return;
    const oldest = this.#buckets.keys().next();
    if (!oldest.done) this.#buckets.delete(oldest.value);
  }
}

/** What counts as one sender: an IPv4 address, or the /64 of an IPv6 address, of which one household owns all the rest. */
export function addressPrefix(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = "", tail = ""] = (ip.split("%")[0] ?? ip).split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === "" ? [] : tail.split(":");
  const groups = [...front, ...Array<string>(Math.max(0, 8 - front.length - back.length)).fill("0"), ...back];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
}
