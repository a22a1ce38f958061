import { randomBytes } from "node:crypto";
import { checkTimestamp, timestampRequest, tokenOfResponse } from "../proof/timestamp-token.ts";

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 64 * 1024;

export interface Stamp {
  readonly token: Buffer;
  readonly stampedAt: Date;
  /** The signer leads to one of the certificates given. */
  readonly verified: boolean;
}

/**
 * Has the hash of a seal stamped (RFC 3161 over HTTP). The token that comes back is checked before it counts: imprint, nonce, signature, certificate.
 * Fails with an Error whose message says what is wrong.
 */
export async function fetchStamp(url: string, hash: Buffer, certificates: readonly string[]): Promise<Stamp> {
  const nonce = randomBytes(8);
  const answer = await fetch(url, {
    method: "POST",
    body: new Uint8Array(timestampRequest(hash, nonce)),
    headers: { "content-type": "application/timestamp-query", accept: "application/timestamp-reply" },
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) throw new Error(`the authority answered ${answer.status}`);
  const found = tokenOfResponse(await readBounded(answer));
  if ("fault" in found) throw new Error(found.fault);
  const { fault, stampedAt, trusted } = checkTimestamp(found.token, { hash, nonce, certificates });
  if (fault !== null || stampedAt === null) throw new Error(`the time stamp does not hold: ${fault}`);
  return { token: found.token, stampedAt, verified: trusted };
}

async function readBounded(answer: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer.body ?? []) {
    size += part.length;
    if (size > ANSWER_BYTES_MAX) throw new Error("the answer of the authority is too long");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
