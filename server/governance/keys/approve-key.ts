import { z } from "zod";
import { DomainError } from "../../platform/errors/index.ts";
import { type DifferenceLine, defineAct } from "../approvals/index.ts";
import { record } from "../audit/index.ts";
import * as store from "./store.ts";

const wordsOf = (scope: string): string => (scope === "scim" ? "people:keys.scim" : `people:permissions.${scope.replace(":", "_")}`);

/** Asked for by whoever made the key, when it is made. Somebody else approves it as it stands there: a key never changes. */
export const approveKeyAct = defineAct({
  action: "key.approved",
  permission: null,
  payload: z.strictObject({ keyId: z.uuid() }),
  async describe(tx, _viewer, { keyId }) {
    const key = await store.lockKey(tx, keyId);
    if (key === null) throw new DomainError("not_found", "no such key");
    const line = (label: string, after: string, as: DifferenceLine["as"]): DifferenceLine => ({
      label: `people:keys.${label}`,
      before: null,
      after,
      as,
    });
    const difference = [
      line("purpose", key.purpose, "text"),
      ...key.scopes.map((scope) => line("scopes", wordsOf(scope), "words")),
      ...key.ipRanges.map((range) => line("ranges", range, "code")),
      line("rowsPerDay", String(key.rowsPerDay), "number"),
      line("until", key.expiresAt.toISOString(), "moment"),
    ];
    // Ended or decided meanwhile: no longer what was asked about.
    const version = key.revoked ? "ended" : key.approved ? "approved" : "waiting";
    return { about: key.prefix, subjectKind: "key", subjects: [{ id: keyId, version }], unitId: null, difference };
  },
  async execute(tx, maker, { keyId }, { requestId, clock }) {
    const key = await store.lockKey(tx, keyId);
    if (key === null || key.ownerId !== maker.userId) throw new DomainError("not_allowed", "only for oneself");
    if (!(await store.activate(tx, keyId, clock.now())))
      throw new DomainError("invalid_state", "the key has ended", { detail: { reason: "decided" } });
    const detail = { prefix: key.prefix, requestId };
    await record(tx, { caller: maker, action: "key.approved", subjectKind: "key", subjectIds: [keyId], detail });
  },
});
