import type { Caller, SessionId, UserId } from "../../platform/caller/index.ts";
import { inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { RequestInfo } from "../../platform/http/index.ts";
import { seal } from "../../platform/secrets/index.ts";
import { comer, endSessionsBecause, keepProviderProof, openSession, type SignedIn, type SignInOccasion } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { comeBack, leave, type Returned, type World } from "./go-and-return.ts";
import { type Arrived, arrivedWith, letsIn, type Match, matchPerson } from "./rules.ts";
import * as store from "./store.ts";

export const TOKEN_USE = "provider id token";

export interface Return {
  readonly parameters: string;
  readonly secret: string;
}

/**
 * A session for whom the provider vouches. Fails with sign_in_failed: "not_proven" and "refused_there" as the provider has it, "no_account" for whoever is
 * nobody here, alike whatever stands against it (the trail says which); with unavailable when the provider does not answer.
 */
export async function signInByProvider(world: World, back: Return, request: SignInOccasion): Promise<SignedIn> {
  const { db, clock } = world;
  const returned = await comeBack(world, { ...back, purpose: "oidc", userId: null, requestId: request.id }).catch(
    async (error: unknown) => {
      if (error instanceof DomainError && error.code === "sign_in_failed") await recordRefusal(world, request, null, "not_proven");
      throw error;
    },
  );
  const { issuer } = returned.provider;
  const arrived = arrivedWith(returned.claims, returned.provider.groupClaim);
  const match = arrived === null ? NO_MATCH : await settle(world, returned, arrived, request);
  if (arrived === null || !letsIn(match) || match.userId === null) {
    await recordRefusal(world, request, match.userId, match.outcome);
    throw new DomainError("sign_in_failed", `no way in: ${match.outcome}`, { detail: { reason: "no_account" } });
  }
  const sid = returned.claims.sid;
  const also = (tx: Tx, sessionId: SessionId) =>
    store.insertProviderSession(tx, {
      ...{ sessionId, issuer, subject: arrived.subject },
      providerSid: typeof sid === "string" && sid.length <= 255 && !sid.includes("\0") ? sid : null,
      sealedIdToken: seal(db.contextKey, returned.idToken, { use: TOKEN_USE, about: sessionId }),
    });
  return openSession(db, clock, { userId: match.userId as UserId, method: "oidc", also }, request);
}

const NO_MATCH: Match = { outcome: "no_account", userId: null };

/** Finds the person, links the account where that is allowed, and lets the roles follow the groups where the bank says so; in one transaction. */
async function settle(world: World, { provider }: Returned, arrived: Arrived, request: RequestInfo): Promise<Match> {
  const nobody = { userId: null, sessionId: null, requestId: request.id };
  const match = await inTransaction(world.db, nobody, (tx) => findMatch(tx, provider, arrived), { purpose: "sign_in", readOnly: true });
  if (!letsIn(match) || match.userId === null) return match;
  const caller = {
    userId: match.userId as UserId,
    sessionId: null,
    requestId: request.id,
    ipAddress: request.ip,
    userAgent: request.userAgent,
  };
  return inTransaction(
    world.db,
    caller,
    async (tx) => {
      const now = world.clock.now();
      const { subject } = arrived;
      if (match.outcome === "links_now") {
        if (!(await store.insertLink(tx, { issuer: provider.issuer, subject, userId: caller.userId, now }))) return NO_MATCH;
        await store.voidLocalProofs(tx, caller.userId, now);
        await endSessionsBecause(tx, world.clock, caller.userId);
        await record(tx, {
          caller,
          action: "sign_in.linked",
          subjectKind: "user",
          subjectIds: [caller.userId],
          detail: { issuer: provider.issuer },
        });
      }
      await store.saveLinkUse(tx, provider.issuer, subject, now);
      if (arrived.groups !== null) await followGroups(tx, world, caller, arrived.groups);
      return match;
    },
    { purpose: "sign_in", retry: false },
  );
}

export async function findMatch(
  tx: Tx,
  { issuer, linksByEmail }: { issuer: string; linksByEmail: boolean },
  arrived: Arrived,
): Promise<Match> {
  const linked = await store.findLinked(tx, issuer, arrived.subject);
  const byEmail = linked === null && arrived.email !== null ? await store.findByEmail(tx, issuer, arrived.email) : [];
  return matchPerson(arrived, linked, byEmail, linksByEmail);
}

type Arriving = Parameters<typeof record>[1]["caller"] & { readonly userId: UserId };

async function followGroups(tx: Tx, { clock }: World, caller: Arriving, groups: readonly string[]): Promise<void> {
  const changed = await store.claimGroups(tx, caller.userId, groups);
  if (changed === 0) return;
  const refused = changed === "refused";
  if (!refused) await endSessionsBecause(tx, clock, caller.userId);
  await record(tx, {
    caller,
    action: refused ? "user.groups_refused" : "user.groups_followed",
    decision: refused ? "refused" : "allowed",
    subjectKind: "user",
    subjectIds: [caller.userId],
    detail: { grants: refused ? 0 : changed },
  });
}

async function recordRefusal({ db }: World, request: RequestInfo, userId: string | null, outcome: string): Promise<void> {
  const caller = { userId: null, sessionId: null, requestId: request.id };
  await inTransaction(
    db,
    caller,
    (tx) =>
      record(tx, {
        caller: comer(userId, request),
        action: "sign_in.failed",
        decision: "refused",
        subjectKind: "user",
        subjectIds: userId === null ? [] : [userId],
        detail: { method: "oidc", outcome },
      }),
    { purpose: "sign_in" },
  );
}

/** Fails with invalid_state, unavailable. */
export async function beginProviderProof(world: World, caller: Caller, actionHash: string) {
  return leave(world, { purpose: "oidc_step_up", userId: caller.userId, requestId: caller.requestId, actionHash });
}

/** The person was at the provider within the last minute, and it is the same person. Fails with sign_in_failed, unavailable, not_allowed (a program). */
export async function finishProviderProof(world: World, caller: Caller, back: Return): Promise<{ token: string; maxAgeSeconds: number }> {
  const { sessionId, userId, requestId } = caller;
  if (sessionId === null) throw new DomainError("not_allowed", "a program cannot prove that a person is there");
  const { provider, claims, actionHash } = await comeBack(world, { ...back, purpose: "oidc_step_up", userId, requestId });
  return inTransaction(
    world.db,
    caller,
    async (tx) => {
      const subject = await store.ownSubject(tx, provider.issuer, userId);
      if (subject === null || subject !== claims.sub || actionHash === null)
        throw new DomainError("sign_in_failed", "somebody else came back", { detail: { reason: "not_proven" } });
      return keepProviderProof(tx, { ...caller, sessionId }, world.clock, actionHash);
    },
    { purpose: "sign_in", retry: false },
  );
}
