import { refusalsAmong } from "../../customers/consents/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { factCurrency } from "../facts/index.ts";
import { boundTo, type Candidate } from "./action.ts";
import { listActions } from "./bank-store.ts";
import { belongsNow } from "./belong.ts";
import { spokenChannels } from "./decide-offers.ts";
import { presentReason } from "./present-candidate.ts";
import * as store from "./read-store.ts";

const REASONS_MAX = 3;

/**
 * Who needs the caller today and why: first those of whom something presses, the most at stake first; then, where room is left, those with whom a sale is
 * worth a call. Whoever objects to being spoken to of it is not called for it. Fails with not_allowed.
 */
export async function listAttention(tx: Tx, caller: Caller, rows: number) {
  permit(caller, "customer:read");
  const owns = await store.ownsPortfolio(tx, caller.userId);
  const ownerId = owns ? caller.userId : null;
  const actions = await listActions(tx);
  const purposes = new Map(actions.filter(({ active }) => active).map(({ actionId, purpose }) => [actionId, purpose]));
  const pressing = await store.listPressing(tx, { ownerId, sales: false, rows: 2 * rows });
  const selling = pressing.length >= rows ? [] : await store.listPressing(tx, { ownerId, sales: true, rows: 2 * rows });
  const found = [...pressing, ...selling];
  const reachable = await reachableAmong(
    tx,
    found
      .filter(({ candidates }) => candidates.some(({ gate, actionId }) => gate === null && purposes.get(actionId) === "marketing"))
      .map(({ customerId }) => customerId),
  );
  const belongs = belongsNow(
    actions,
    boundTo(actions).length === 0
      ? []
      : await store.readBelonging(
          tx,
          found.map(({ customerId }) => customerId),
        ),
  );
  const customers = found
    .flatMap(({ candidates, decidedOn: _, ...customer }) => {
      const open = candidates.filter(
        ({ gate, actionId }) =>
          gate === null &&
          belongs(customer.customerId, actionId) === null &&
          (purposes.get(actionId) === "service" || (purposes.has(actionId) && reachable.has(customer.customerId))),
      );
      const [first, ...others] = pressed(open);
      if (first === undefined || first.reason === null) return [];
      const reasons = [first, ...others.filter(({ kind }) => kind !== "sale")].flatMap(({ reason }) =>
        reason === null ? [] : [presentReason(reason)],
      );
      return [{ ...customer, actionId: first.actionId, kind: first.kind, reasons: reasons.slice(0, REASONS_MAX) }];
    })
    .slice(0, rows);
  const subjectIds = customers.map(({ customerId }) => customerId);
  await record(tx, { caller, action: "attention.listed", subjectKind: "customer", subjectIds, fieldClasses: ["name", "money"] });
  return {
    customers,
    scope: owns ? ("own" as const) : ("reach" as const),
    currency: await factCurrency(tx),
    decidedOn: found[0]?.decidedOn ?? null,
  };
}

/** What presses most comes first, whether or not another action stands before it on the customer's page. */
function pressed(open: readonly Candidate[]): Candidate[] {
  const score = ({ kind, factors }: Candidate) => (kind === "sale" ? -1 : (factors?.score ?? 0));
  return open.toSorted((a, b) => score(b) - score(a));
}

async function reachableAmong(tx: Tx, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
  const reached = new Set<string>();
  if (customerIds.length === 0) return reached;
  for (const channel of spokenChannels) {
    const refused = await refusalsAmong(tx, { customerIds, purpose: "marketing", channel });
    for (const customerId of customerIds) if (!refused.has(customerId)) reached.add(customerId);
  }
  return reached;
}
