import { z } from "zod";
import { defineAct, type Outcome, requestApproval } from "../../governance/approvals/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { ConsentBodies, ContactPurpose, TEXT_VERSIONS_MAX } from "./contract.ts";
import * as store from "./purpose-store.ts";

const Payload = z.strictObject({ purpose: ContactPurpose, version: z.int(), bodies: ConsentBodies, reason: z.string() });
const locales = ["en", "ar", "fa", "zh", "es"] as const;

/** What customers sign is read by two people first. */
export const publishTextAct = defineAct({
  action: "consent_text.published",
  permission: "privacy:manage",
  payload: Payload,
  async describe(tx, _viewer, { purpose, bodies }) {
    const [last] = await store.listTextVersions(tx, purpose);
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
          label: "privacy:retention.version",
          before: String(last?.version ?? 0),
          after: String((last?.version ?? 0) + 1),
          as: "number" as const,
        },
        ...locales.map((locale) => ({
          label: `privacy:purposesPage.languages.${locale}`,
          before: last?.bodies[locale] ?? null,
          after: bodies[locale],
          as: "text" as const,
        })),
      ],
    };
  },
  async execute(tx, maker, { purpose, version, bodies }, { requestId }) {
    permit(maker, "privacy:manage");
    if (!(await store.insertText(tx, purpose, version, bodies, maker.userId)))
      throw new DomainError("conflict", "the version stands already");
    const detail = { purpose, version, requestId };
    await record(tx, { caller: maker, action: "consent_text.published", subjectKind: "purpose", subjectCount: 1, detail });
  },
});

/** Fails with not_allowed, conflict (not the next version), invalid_state (nobody is asked to agree to the purpose), limit_reached. */
export async function publishText(tx: Tx, caller: Caller, clock: Clock, payload: z.infer<typeof Payload>): Promise<Outcome> {
  permit(caller, "privacy:manage");
  const [last] = await store.listTextVersions(tx, payload.purpose);
  if (last === undefined) throw new DomainError("invalid_state", "nobody is asked to agree to it", { detail: { reason: "no_text" } });
  if (payload.version !== last.version + 1) throw new DomainError("conflict", "it is not the next version");
  if (payload.version > TEXT_VERSIONS_MAX)
    throw new DomainError("limit_reached", "there are as many versions as can be kept", { detail: { limit: "versions" } });
  return requestApproval(tx, caller, clock, publishTextAct, { payload, reason: payload.reason });
}
