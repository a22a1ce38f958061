import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Dimension, QualityField, QualityWork } from "./contract.ts";
import { ruleNoOf } from "./measures.ts";
import { readWorkCursor, writeWorkCursor } from "./rules.ts";
import * as store from "./store.ts";

// From this share on, walking customers by what they have finds a page before a list of all who fail is made.
const WALK_FROM_SHARE = 0.05;

export interface WorkListRequest extends store.Part {
  readonly dimension: Dimension;
  readonly field: QualityField;
  readonly after?: string | undefined;
  readonly rows: number;
}

/**
 * One page of the customers with a record that fails the rule; who was shown is audited. Fails with not_allowed, invalid_input (no such rule, or a
 * cursor of another list).
 */
export async function listQualityWork(
  tx: Tx,
  caller: Caller,
  request: WorkListRequest,
): Promise<{ customers: QualityWork[]; next: string | null }> {
  permit(caller, "quality:read");
  permit(caller, "customer:read");
  const ruleNo = ruleNoOf(request.dimension, request.field);
  if (ruleNo === null) throw invalid("field", "no_such_rule");
  const after = request.after === undefined ? null : readWorkCursor(request.after);
  if (request.after !== undefined && after === null) throw invalid("after", "invalid_cursor");
  const figures = (await store.readFigures(tx, request)).filter((figure) => figure.ruleNo === ruleNo);
  const records = figures.reduce((sum, figure) => sum + figure.records, 0);
  const failing = figures.reduce((sum, figure) => sum + figure.failing, 0);
  const wanted = { ...request, ruleNo, after, rows: request.rows + 1, walk: failing > records * WALK_FROM_SHARE };
  const found = await store.listWork(tx, wanted);
  const shown = found.slice(0, request.rows);
  const recordsOf = Map.groupBy(
    await store.readFailing(
      tx,
      shown.map(({ customerId }) => customerId),
      wanted,
      request.field,
    ),
    ({ customerId }) => customerId,
  );
  await record(tx, {
    caller,
    action: "customer.listed",
    fieldClasses: ["name", "contact"],
    subjectKind: "customer",
    subjectIds: shown.map(({ customerId }) => customerId),
    query: { quality: request },
  });
  const last = shown.at(-1);
  return {
    customers: shown.map((customer) => ({
      ...customer,
      records: (recordsOf.get(customer.customerId) ?? []).map(({ partyId, source, sourceKey, values, changedAt }) => ({
        partyId,
        source,
        sourceKey,
        values: [...values],
        changedAt: changedAt === null ? null : new Date(changedAt).toISOString(),
      })),
    })),
    next:
      found.length > request.rows && last !== undefined
        ? writeWorkCursor({ assetsMinor: String(last.assetsMinor), customerId: last.customerId })
        : null,
  };
}

const invalid = (name: string, reason: string) => new DomainError("invalid_input", reason, { fields: [{ path: `?${name}`, reason }] });
