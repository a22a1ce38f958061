import { createPublicKey } from "node:crypto";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import type { SealState } from "./contract.ts";
import { NO_SNAPSHOT, readStatement } from "./proof/statement.ts";
import { isLate } from "./rules.ts";
import * as store from "./state-store.ts";

const SEALS_SHOWN = 20;
const CHECKS_SHOWN = 10;
const KEYS_SHOWN = 20;

/** What an auditor has to know of the seals now; nobody is told of in it, so that looking leaves no row. Fails with not_allowed. */
export async function readSealState(tx: Tx, caller: Caller, clock: Clock): Promise<SealState> {
  permit(caller, "audit:read");
  const seals = await store.listSeals(tx, SEALS_SHOWN);
  const statement = readStatement(seals[0]?.statement ?? "");
  const tail = await store.readTail(tx, statement?.to ?? NO_SNAPSHOT, statement?.upto ?? statement?.above ?? "0");
  const last = seals[0] === undefined ? null : { no: seals[0].no, sealedAt: seals[0].sealedAt };
  const anchors = await store.listAnchors(tx);
  const now = clock.now();
  return {
    seals: seals.map(({ statement: _, ...seal }) => seal),
    tail,
    destinations: anchors.map((anchor) => ({
      kind: anchor.kind,
      name: anchor.destination,
      sealNo: anchor.sealNo,
      doneAt: anchor.doneAt,
      problem: anchor.problem,
      late: isLate(anchor, last, now),
    })),
    checks: await store.listChecks(tx, CHECKS_SHOWN),
    keys: (await store.listKeys(tx, KEYS_SHOWN)).map(({ keyId, since, publicKey }) => ({ keyId, since, pem: pemOf(publicKey) })),
    stamp: await store.readLastStamp(tx),
  };
}

function pemOf(der: Buffer): string {
  return createPublicKey({ key: der, type: "spki", format: "der" }).export({ type: "spki", format: "pem" }).toString();
}

/** The sealer takes it up within seconds. Fails with: not_allowed, in_progress (one is under way). */
export async function orderSealCheck(tx: Tx, caller: Caller): Promise<{ checkId: string }> {
  permit(caller, "audit:read");
  if (await store.isCheckOpen(tx)) throw new DomainError("in_progress", "a verification is under way");
  const checkId = newId<"SealCheck">();
  await store.insertCheck(tx, checkId, caller.userId);
  await record(tx, { caller, action: "seals.verification_ordered", subjectKind: "audit_check", subjectIds: [checkId] });
  return { checkId };
}
