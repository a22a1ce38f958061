import { createHash } from "node:crypto";
import type { Tx } from "../db/index.ts";
import { DomainError } from "../errors/index.ts";
import { claimRequestKey, keepAnswer, type RequestKey, readKeptAnswer } from "./store.ts";
import { toJson } from "./wire.ts";

const keyPattern = /^[\x21-\x7e]{8,200}$/;

/** Fails with: invalid_input when the header is missing or not 8 to 200 visible ASCII characters. */
export function readIdempotencyKey(header: string | string[] | undefined): string {
  if (typeof header === "string" && keyPattern.test(header)) return header;
  throw new DomainError("invalid_input", "Idempotency-Key is missing or malformed", {
    fields: [{ path: "Idempotency-Key", reason: header === undefined ? "missing" : "malformed" }],
  });
}

/** What was asked, whatever the order of its keys. */
export function hashRequest(input: { params: unknown; query: unknown; body: unknown }): Buffer {
  return createHash("sha256")
    .update(toJson(sorted(input)))
    .digest();
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}

/**
 * Runs `work` once per key. The answer is kept in the transaction of the effect: either both are there or neither.
 * Fails with: in_progress (the same key is being worked on right now), invalid_state (the key was used for another request).
 */
export async function onlyOnce(tx: Tx, key: RequestKey, requestHash: Buffer, work: () => Promise<unknown>): Promise<unknown> {
  if (!(await claimRequestKey(tx, key))) throw new DomainError("in_progress", "the same request is being worked on");
  const kept = await readKeptAnswer(tx, key);
  if (kept !== null) {
    if (!kept.requestHash.equals(requestHash)) throw new DomainError("invalid_state", "Idempotency-Key was used for another request");
    return kept.answer;
  }
  const answer = JSON.parse(toJson((await work()) ?? null)) as unknown;
  await keepAnswer(tx, key, { requestHash, status: 200, answer });
  return answer;
}
