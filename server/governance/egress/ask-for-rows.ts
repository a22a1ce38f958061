import { z } from "zod";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { defineAct, latestApprovals, type Outcome, requestApproval } from "../approvals/index.ts";
import { record } from "../audit/index.ts";
import { EgressClass, egressClasses } from "./contract.ts";
import * as store from "./store.ts";

/** A person is known to their colleagues by name; the id keeps namesakes apart. */
const nameOf = (caller: Caller, of: EgressClass): string => `${caller.displayName.slice(0, 60)} · ${of} · ${caller.userId.slice(-12)}`;

export async function readBudget(tx: Tx, caller: Caller) {
  const budgets = await store.readBudget(tx, caller.userId);
  const asked = await latestApprovals(
    tx,
    raiseEgressAct.action,
    egressClasses.map((of) => nameOf(caller, of)),
  );
  const waiting = (of: EgressClass) => {
    const latest = asked.get(nameOf(caller, of)) ?? null;
    return latest?.state === "waiting" ? latest : null;
  };
  return { budgets: budgets.map((budget) => ({ ...budget, waiting: waiting(budget.class) })) };
}

/** As many rows more as were asked for, for who asked, on the day of the decision. */
export const raiseEgressAct = defineAct({
  action: "egress.raised",
  permission: null,
  payload: z.strictObject({ personId: z.uuid(), name: z.string(), class: EgressClass, rows: z.int() }),
  async describe(_tx, _viewer, { name, class: of, rows }) {
    const difference = [{ label: `confidential:budget.${of}`, before: null, after: String(rows), as: "number" as const }];
    return { about: name, subjectKind: "person", subjects: [], unitId: null, difference };
  },
  async execute(tx, maker, { personId, class: of, rows }, { requestId }) {
    if (personId !== maker.userId) throw new DomainError("not_allowed", "only for oneself");
    await store.raise(tx, of, rows);
    const detail = { class: of, asked: rows, requestId };
    await record(tx, { caller: maker, action: "egress.raised", subjectKind: "person", subjectIds: [maker.userId], rows: 0, detail });
  },
});

/** Those who may decide are told. Fails with conflict (one request of the class waits already). */
export async function askForRows(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  { reason, ...asked }: { class: EgressClass; rows: number; reason: string },
): Promise<Outcome> {
  const name = nameOf(caller, asked.class);
  if ((await latestApprovals(tx, raiseEgressAct.action, [name])).get(name)?.state === "waiting")
    throw new DomainError("conflict", "a request of this class waits already");
  return requestApproval(tx, caller, clock, raiseEgressAct, { payload: { personId: caller.userId, name, ...asked }, reason });
}

/** The alarm, in a transaction of its own: the one that went over the budget was undone. Other limits are told of where they are kept. */
export async function tellSpent(db: Db, caller: Caller, limit: unknown): Promise<void> {
  const spent = egressClasses.find((name) => limit === `egress_${name}`);
  if (spent !== undefined) await inTransaction(db, caller, (tx) => store.tellSpent(tx, spent));
}
