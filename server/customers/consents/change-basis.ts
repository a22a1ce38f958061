import { z } from "zod";
import { defineAct, type Outcome, requestApproval } from "../../governance/approvals/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { basesOf, ContactPurpose, LawfulBasis } from "./contract.ts";
import * as store from "./purpose-store.ts";

const Payload = z.strictObject({ purpose: ContactPurpose, lawfulBasis: LawfulBasis, version: z.int(), reason: z.string() });

/** On another basis the same customers are reached, or no longer: somebody else looks at it. */
export const changeBasisAct = defineAct({
  action: "purpose.basis_changed",
  permission: "privacy:manage",
  payload: Payload,
  async describe(tx, _viewer, { purpose, lawfulBasis }) {
    const now = (await store.listPurposes(tx)).find((one) => one.purpose === purpose);
    if (now === undefined) throw new DomainError("not_found", "no such purpose");
    return {
      about: purpose,
      subjectKind: "purpose",
      subjects: [],
      unitId: null,
      difference: [
        {
          label: "privacy:purposesPage.purpose",
          before: `privacy:purposes.${purpose}`,
          after: `privacy:purposes.${purpose}`,
          as: "words" as const,
        },
        {
          label: "privacy:purposesPage.basis",
          before: `privacy:bases.${now.lawfulBasis}`,
          after: `privacy:bases.${lawfulBasis}`,
          as: "words" as const,
        },
        { label: "privacy:retention.version", before: String(now.version), after: String(now.version + 1), as: "number" as const },
      ],
    };
  },
  async execute(tx, maker, change, { requestId }) {
    permit(maker, "privacy:manage");
    if (!(await store.saveBasis(tx, change, maker.userId))) throw new DomainError("conflict", "it has another version by now");
    const detail = { purpose: change.purpose, lawfulBasis: change.lawfulBasis, requestId };
    await record(tx, { caller: maker, action: "purpose.basis_changed", subjectKind: "purpose", subjectCount: 1, detail });
  },
});

/** Fails with not_allowed, conflict (another version), invalid_state (the purpose cannot rest on it, or does already). */
export async function changeBasis(tx: Tx, caller: Caller, clock: Clock, change: z.infer<typeof Payload>): Promise<Outcome> {
  permit(caller, "privacy:manage");
  const now = (await store.listPurposes(tx)).find(({ purpose }) => purpose === change.purpose);
  if (now?.version !== change.version) throw new DomainError("conflict", "it has another version by now");
  if (now.lawfulBasis === change.lawfulBasis || !basesOf[change.purpose].some((basis) => basis === change.lawfulBasis))
    throw new DomainError("invalid_state", "the purpose cannot rest on it", { detail: { reason: "basis" } });
  return requestApproval(tx, caller, clock, changeBasisAct, { payload: change, reason: change.reason });
}
