import { createHash, randomBytes } from "node:crypto";
import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { hashPassword, readBank, replacePassword, requireStrongPassword, withFloor } from "../access/index.ts";
import { record } from "../audit/index.ts";
import type { Link } from "./contract.ts";
import { findLink, insertLink, takeLink, voidLinks } from "./store.ts";

const TOKEN_BYTES = 32;
const lifeMs = { invite: 72 * 3_600_000, reset: 15 * 60_000 } as const;

const hashOf = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The address is the installation's own, whatever the request said; the token stands behind the `#`, so that no server and no referrer learns it. */
export async function newLink(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  publicUrl: URL,
  { userId, kind }: { userId: UserId; kind: Link["kind"] },
): Promise<Link> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + lifeMs[kind]);
  await insertLink(tx, { tokenHash: hashOf(token), userId, kind, createdBy: caller.userId, now, expiresAt });
  return { url: `${publicUrl.origin}/invitation#${token}`, kind, expiresAt };
}

interface Knock {
  readonly requestId: string;
  readonly token: string;
}

/** Fails with not_found, alike for unknown, used and expired links and closed accounts, after the same time. */
export async function lookAtLink(db: Db, clock: Clock, { requestId, token }: Knock) {
  return withFloor(() =>
    inTransaction(
      db,
      { userId: null, sessionId: null, requestId },
      async (tx) => {
        const found = await findLink(tx, hashOf(token), clock.now());
        if (found === null) throw noLink();
        const { login, displayName, kind } = found;
        return { login, displayName, kind, bankName: (await readBank(tx)).name };
      },
      { purpose: "sign_in", readOnly: true },
    ),
  );
}

/** Sets the password, once; other links and all sessions of the person end. Fails with not_found (as lookAtLink), invalid_input (as requireStrongPassword). */
export async function redeemLink(
  db: Db,
  clock: Clock,
  { requestId, token, password }: Knock & { password: string },
): Promise<{ login: string }> {
  return withFloor(() =>
    inTransaction(
      db,
      { userId: null, sessionId: null, requestId },
      async (tx) => {
        const now = clock.now();
        const found = await findLink(tx, hashOf(token), now);
        if (found === null || !(await takeLink(tx, hashOf(token), now))) throw noLink();
        const { userId, login, displayName, kind } = found;
        requireStrongPassword(password, { login, displayName, bankName: (await readBank(tx)).name });
        await voidLinks(tx, userId, now);
        await replacePassword(tx, clock, userId, await hashPassword(password));
        const caller = { userId, sessionId: null, requestId };
        await record(tx, { caller, action: "user.password_set", subjectKind: "user", subjectIds: [userId], detail: { kind } });
        return { login };
      },
      { purpose: "sign_in", retry: false },
    ),
  );
}

const noLink = () => new DomainError("not_found", "no such link, or it was used, or is too old");
