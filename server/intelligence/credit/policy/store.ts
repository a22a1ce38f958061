import { sql, type Tx } from "../../../platform/db/index.ts";
import { DomainError } from "../../../platform/errors/index.ts";
import type { CreditPolicy } from "./contract.ts";

export interface PolicyInForce {
  readonly version: number;
  readonly policy: CreditPolicy;
}

/** Fails with unavailable when none is in force, which the first migration prevents. */
export async function readPolicy(tx: Tx): Promise<PolicyInForce> {
  const { rows } = await sql<PolicyInForce>`
    select version_no as version, policy from intelligence.credit_policy where state = 'in_force'`.execute(tx);
  if (rows[0] === undefined) throw new DomainError("unavailable", "no credit policy is in force");
  return rows[0];
}

export interface PolicyRow {
  readonly version: number;
  readonly policy: CreditPolicy;
  readonly state: "proposed" | "in_force" | "replaced";
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly inForceAt: Date | null;
}

export const POLICY_VERSIONS_MAX = 50;

/** Newest first. */
export async function listPolicies(tx: Tx): Promise<PolicyRow[]> {
  const { rows } = await sql<PolicyRow>`
    select version_no as version, policy, state, reason, proposed_by as "proposedBy", proposed_at as "proposedAt", in_force_at as "inForceAt"
    from intelligence.credit_policy order by version_no desc limit ${POLICY_VERSIONS_MAX}`.execute(tx);
  return rows;
}

/** Answers the version. Two at once: the second fails with conflict. */
export async function insertPolicy(tx: Tx, proposal: { policy: CreditPolicy; reason: string; by: string }): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into intelligence.credit_policy (version_no, policy, reason, proposed_by)
    select max(version_no) + 1, ${JSON.stringify(proposal.policy)}::jsonb, ${proposal.reason}, ${proposal.by} from intelligence.credit_policy
    returning version_no as version`.execute(tx);
  return rows[0]?.version ?? 0;
}

export async function findPolicy(tx: Tx, version: number): Promise<PolicyRow | null> {
  const { rows } = await sql<PolicyRow>`
    select version_no as version, policy, state, reason, proposed_by as "proposedBy", proposed_at as "proposedAt", in_force_at as "inForceAt"
    from intelligence.credit_policy where version_no = ${version}`.execute(tx);
  return rows[0] ?? null;
}

/** Only in the transaction that completed the approval of it. False: it waits no more. */
export async function activatePolicy(tx: Tx, version: number): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select intelligence.activate_credit_policy(${version}) as done`.execute(tx);
  return rows[0]?.done ?? false;
}
