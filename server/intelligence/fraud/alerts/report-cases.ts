import { record } from "../../../governance/audit/index.ts";
import { permit } from "../../../governance/permissions/index.ts";
import type { Caller } from "../../../platform/caller/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import { asWorker } from "../live/store.ts";
import * as store from "./cases-store.ts";
import type { ReportedCase } from "./reported-case.ts";

const CASES_MAX = 100_000;

/**
 * Takes over what the bank found out elsewhere, at most 100,000 payments at once. What was decided before stays. Answers how many were new, and how many
 * name no payment of the bank. Fails with not_allowed, too_large.
 */
export async function reportCases(
  { db, caller, clock }: { readonly db: Db; readonly caller: Caller; readonly clock: Clock },
  cases: readonly ReportedCase[],
): Promise<{ kept: number; unknown: number }> {
  permit(caller, "fraud:decide");
  if (cases.length > CASES_MAX) throw new DomainError("too_large", `at most ${CASES_MAX} cases at once`);
  return asWorker(db, caller, async (tx) => {
    const { kept, found } = await store.insertCases(tx, cases, { by: caller.userId, at: clock.now() });
    const unknown = cases.length - found;
    await record(tx, {
      caller,
      action: "fraud_case.reported",
      subjectKind: "payment",
      subjectCount: kept,
      detail: { cases: cases.length, kept, unknown },
    });
    return { kept, unknown };
  });
}
