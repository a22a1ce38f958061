import { createHash } from "node:crypto";
import type { z } from "zod";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { sealField } from "../../platform/encryption/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { discover, PROVIDER_ID, providerSecrets, readSecret } from "./ask-provider.ts";
import type * as contract from "./contract.ts";
import { comeBack, leave, redirectOf, type World } from "./go-and-return.ts";
import { arrivedWith, settingsFault, shownClaims } from "./rules.ts";
import { findMatch, type Return } from "./sign-in-by-provider.ts";
import * as store from "./store.ts";

type Wanted = z.output<NonNullable<typeof contract.saveProvider.body>>;

/** Fails with not_allowed. */
export async function readProvider(tx: Tx, caller: Caller, publicUrl: URL) {
  permit(caller, "sign_in:manage");
  const accounts = await store.listEmergencyAccounts(tx);
  return {
    provider: await store.findProvider(tx),
    emergencyAccounts: accounts.map(({ usable: _, ...account }) => account),
    addresses: {
      redirect: redirectOf(publicUrl),
      signOut: `${publicUrl.origin}/sign-in`,
      backChannel: `${publicUrl.origin}/api/session/provider/back-channel-logout`,
    },
  };
}

/**
 * Keeps the settings, after the provider was asked whether it is there and fit. A changed issuer, client or secret has to be tried anew before it is taken
 * into use. Fails with not_allowed, unavailable and invalid_state (the provider; not tried; no emergency account), conflict (version), step_up_needed.
 */
export async function saveProvider(world: World, caller: Caller, wanted: Wanted): Promise<void> {
  permit(caller, "sign_in:manage");
  const { clientSecret, ...plain } = wanted;
  const told =
    clientSecret === undefined ? "kept" : clientSecret === null ? "none" : createHash("sha256").update(clientSecret).digest("hex");
  const before = await inTransaction(world.db, caller, (tx) => store.findProvider(tx), { readOnly: true });
  const kept = clientSecret === undefined ? await openSecret(world.db, caller) : clientSecret;
  await discover(world.outbound, world.clock, { issuer: wanted.issuer, clientId: wanted.clientId, clientSecret: kept });
  const same = before !== null && clientSecret === undefined && before.issuer === wanted.issuer && before.clientId === wanted.clientId;
  const triedAt = same ? before.triedAt : null;
  await inTransaction(world.db, caller, async (tx) => {
    const usable = (await store.listEmergencyAccounts(tx)).filter((account) => account.usable).length;
    const reason = settingsFault(wanted, { tried: triedAt !== null, usableEmergencyAccounts: usable });
    if (reason !== null) throw new DomainError("invalid_state", `the settings cannot be taken: ${reason}`, { detail: { reason } });
    const act = { action: "identity_provider.saved", subjectIds: [], payload: { ...plain, clientSecret: told } };
    await requireStepUp(tx, caller, world.clock, act);
    if (!(await store.saveProvider(tx, { ...plain, triedAt }, caller.userId, world.clock.now())))
      throw new DomainError("conflict", "the settings have another version by now");
    if (clientSecret !== undefined) {
      const field = clientSecret === null ? null : await sealField(tx, providerSecrets.column);
      await store.saveSecret(tx, clientSecret === null || field === null ? null : field.seal(PROVIDER_ID, clientSecret));
    }
    await record(tx, {
      caller,
      action: "identity_provider.saved",
      subjectKind: "setting",
      detail: { ...plain, secret: clientSecret === undefined ? "kept" : "changed" },
    });
  });
}

/** Stays in this process: for asking the provider whether it still takes it. */
async function openSecret(db: Db, caller: Caller): Promise<string | null> {
  return inTransaction(db, caller, readSecret, { purpose: "sign_in", readOnly: true });
}

/** Fails with not_allowed, not_found (not all are active accounts), invalid_state (the last one, while everybody else has to come by the provider), step_up_needed. */
export async function saveEmergencyAccounts(tx: Tx, caller: Caller, clock: Clock, userIds: readonly string[]): Promise<void> {
  permit(caller, "sign_in:manage");
  const wanted = [...new Set(userIds)].sort();
  if ((await store.countActive(tx, wanted)) !== wanted.length) throw new DomainError("not_found", "not all of them are active accounts");
  await requireStepUp(tx, caller, clock, { action: "identity_provider.saved", subjectIds: wanted, payload: { emergency: true } });
  await store.saveEmergencyAccounts(tx, wanted, caller.userId);
  const provider = await store.findProvider(tx);
  const usable = (await store.listEmergencyAccounts(tx)).filter((account) => account.usable).length;
  if (provider?.localSignIn === "emergency" && usable === 0)
    throw new DomainError("invalid_state", "nobody would be left", { detail: { reason: "no_emergency_account" } });
  await record(tx, {
    caller,
    action: "identity_provider.saved",
    subjectKind: "user",
    subjectIds: wanted,
    detail: { emergency: wanted.length },
  });
}

/** Fails with not_allowed, invalid_state, unavailable. */
export async function beginTrial(world: World, caller: Caller) {
  permit(caller, "sign_in:manage");
  return leave(world, { purpose: "oidc_try", userId: caller.userId, requestId: caller.requestId });
}

/** What arrived, and whom it would let in; nobody is. Fails with not_allowed, sign_in_failed, unavailable. */
export async function finishTrial(world: World, caller: Caller, back: Return) {
  permit(caller, "sign_in:manage");
  const { userId, requestId } = caller;
  const { provider, claims } = await comeBack(world, { ...back, purpose: "oidc_try", userId, requestId });
  const arrived = arrivedWith(claims, provider.groupClaim);
  const found = await inTransaction(
    world.db,
    caller,
    async (tx) => {
      const match = arrived === null ? ({ outcome: "no_account", userId: null } as const) : await findMatch(tx, provider, arrived);
      return { outcome: match.outcome, personName: match.userId === null ? null : await store.nameOf(tx, match.userId) };
    },
    { purpose: "sign_in", readOnly: true },
  );
  await inTransaction(world.db, caller, async (tx) => {
    await store.saveTried(tx, provider.version, world.clock.now());
    const detail = {
      outcome: found.outcome,
      claims: Object.keys(claims)
        .slice(0, 50)
        .map((name) => name.slice(0, 60)),
    };
    await record(tx, { caller, action: "identity_provider.tried", subjectKind: "setting", detail });
  });
  return { claims: shownClaims(claims), ...found };
}
