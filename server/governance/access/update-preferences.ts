import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { record } from "../audit/index.ts";
import type { Session } from "./contract.ts";
import { readSessionOf } from "./read-session.ts";
import { type PreferenceChange, savePreferences } from "./store.ts";

/** Fails with conflict when the record was changed meanwhile (in another tab). */
export async function updatePreferences(tx: Tx, caller: Caller, version: number, change: PreferenceChange): Promise<Session> {
  const saved = await savePreferences(tx, caller.userId, version, change);
  if (!saved) throw new DomainError("conflict", "preferences have another version by now");
  await record(tx, {
    caller,
    action: "preferences.changed",
    subjectKind: "user",
    subjectIds: [caller.userId],
    detail: { fields: Object.keys(change) },
  });
  return readSessionOf(tx, caller.userId);
}
