import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import * as store from "./store.ts";

/** Fails with not_allowed, not_found. */
export async function readConsents(tx: Tx, caller: Caller, customerId: string) {
  permit(caller, "customer:read");
  const records = await store.listRecords(tx, customerId);
  if (records.length === 0) throw new DomainError("not_found", "no such customer for this caller");
  const standing = await store.readStanding(tx, customerId);
  const entries = await store.listEntries(tx, customerId);
  const names = await readNames(
    tx,
    entries.map(({ recordedBy }) => recordedBy),
  );
  await record(tx, { caller, action: "consent.viewed", subjectKind: "customer", subjectIds: [customerId] });
  const history = entries.map(({ recordedBy, ...entry }) => ({ ...entry, recordedByName: names.get(recordedBy) ?? null }));
  return { standing, records, history };
}

/** Fails with not_allowed. */
export async function listConsentTexts(tx: Tx, caller: Caller) {
  permit(caller, "customer:read");
  return { texts: await store.listCurrentTexts(tx) };
}
