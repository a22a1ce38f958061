import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { notify } from "../../platform/events/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import type { OpenSession } from "./contract.ts";
import { readSessionLimits } from "./session-limits.ts";
import { endSessionsOf, listOpenSessions } from "./session-store.ts";
import { requireStepUp } from "./step-up.ts";

/** One's own; with user:manage anybody's. Fails with not_allowed. */
export async function listSessions(tx: Tx, caller: Caller, clock: Clock, userId: UserId): Promise<{ sessions: OpenSession[] }> {
  if (userId !== caller.userId) permit(caller, "user:manage");
  const { idleMinutes } = await readSessionLimits(tx);
  return { sessions: await listOpenSessions(tx, userId, caller.sessionId, clock.now(), idleMinutes) };
}

/**
 * Ends one session for good, its live streams too: another of one's own, or (user:manage) anybody's. Whoever sits at a screen left open shuts nobody out, so
 * it needs a proof (ASVS 5.0, 7.5.2). Fails with not_allowed, not_found (there is none, or it has ended), step_up_needed.
 */
export async function endSession(tx: Tx, caller: Caller, clock: Clock, userId: UserId, sessionId: string): Promise<void> {
  if (userId !== caller.userId) permit(caller, "user:manage");
  const ended = await endSessionsOf(tx, userId, clock.now(), { only: sessionId });
  if (ended.length === 0) throw new DomainError("not_found", "no such open session");
  await requireStepUp(tx, caller, clock, { action: "session.killed", subjectIds: [userId], payload: { sessionId } });
  await notify(tx, "session_ended", sessionId);
  await record(tx, { caller, action: "session.killed", subjectKind: "user", subjectIds: [userId], detail: { sessions: 1 } });
}

/** Ends all sessions of a person; of oneself all but the one in use. Fails with not_allowed, step_up_needed. */
export async function endAllSessions(tx: Tx, caller: Caller, clock: Clock, userId: UserId): Promise<{ ended: number }> {
  if (userId !== caller.userId) permit(caller, "user:manage");
  await requireStepUp(tx, caller, clock, { action: "session.killed", subjectIds: [userId] });
  const ended = await endSessionsOf(tx, userId, clock.now(), { except: userId === caller.userId ? caller.sessionId : null });
  for (const sessionId of ended) await notify(tx, "session_ended", sessionId);
  await record(tx, { caller, action: "session.killed", subjectKind: "user", subjectIds: [userId], detail: { sessions: ended.length } });
  return { ended: ended.length };
}

/** Because a person's rights or proofs have changed: whatever was open begins anew. The caller has been permitted already. */
export async function endSessionsBecause(tx: Tx, clock: Clock, userId: UserId, only: string | null = null): Promise<void> {
  for (const sessionId of await endSessionsOf(tx, userId, clock.now(), { only })) await notify(tx, "session_ended", sessionId);
}
