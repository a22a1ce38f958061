import { createHash } from "node:crypto";
import { z } from "zod";
import { type DifferenceLine, defineAct } from "../../governance/approvals/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { sendJob } from "../../platform/jobs/index.ts";
import type { Plan } from "./contract.ts";
import { eraseJob } from "./jobs.ts";
import { tableWords } from "./rules.ts";
import * as store from "./store.ts";

/** Restricts the customer at once; a job erases what may go. Whoever approves sees per table what goes and what stays. */
export const approveErasureAct = defineAct({
  action: "customer.erasure_approved",
  permission: "privacy:manage",
  payload: z.strictObject({ erasureId: z.uuid() }),
  async describe(tx, _viewer, { erasureId }) {
    const erasure = await store.findErasure(tx, erasureId);
    const parties = erasure === null ? [] : await store.partiesOf(tx, erasure.customerId);
    if (erasure === null || parties.length === 0)
      throw new DomainError("not_found", "no such request, or no such customer, for this caller");
    if (erasure.state !== "asked") throw refused("not_open");
    if (erasure.plan.active) throw refused("relationship_active");
    if (await store.heldAmong(tx, parties)) throw refused("held");
    if (parties.join() !== erasure.partyIds.join()) throw refused("records_changed");
    const version = createHash("sha256").update(`${erasure.version} ${parties.join()}`).digest("hex").slice(0, 16);
    return {
      about: erasure.customerNo,
      subjectKind: "customer",
      subjects: [{ id: erasure.customerId, version }],
      unitId: null,
      difference: differenceOf(erasure.plan),
    };
  },
  async execute(tx, maker, { erasureId }, { requestId }) {
    permit(maker, "privacy:manage");
    const outcome = await store.restrict(tx, erasureId);
    if (outcome !== "done") throw refused(outcome === "held" ? "held" : "records_changed");
    const erasure = await store.findErasure(tx, erasureId);
    await record(tx, {
      caller: maker,
      action: "customer.restricted",
      subjectKind: "customer",
      subjectIds: erasure === null ? [] : [erasure.customerId],
      rows: 0,
      detail: { erasureId, requestId },
    });
    await sendJob(tx, eraseJob, { erasureId }, { singletonKey: erasureId });
  },
});

function refused(reason: string): DomainError {
  return new DomainError("invalid_state", reason, { detail: { reason } });
}

function differenceOf({ lines }: Plan): DifferenceLine[] {
  return lines.slice(0, 99).map((line) => ({
    label: tableWords(line.table),
    before: String(line.rows),
    after: line.outcome === "erase" ? "privacy:erasure.gone" : (line.until ?? "privacy:erasure.stays"),
    as: line.outcome === "keep" && line.until !== null ? ("day" as const) : ("words" as const),
  }));
}
