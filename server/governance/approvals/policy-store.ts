import { sql, type Tx } from "../../platform/db/index.ts";
import type { Level, Policy, PolicyChange } from "./contract.ts";

const POLICIES_MAX = 100;

type PolicyRow = Omit<Policy, "levels"> & {
  readonly levels: readonly (Omit<Level, "amountMaxMinor"> & { amountMaxMinor: string | null })[];
};

const policy = sql.raw(`p.action, p.currency, p.approvers_min as "approversMin", p.deputies, p.escalate_after_hours as "escalateAfterHours",
  p.expire_after_hours as "expireAfterHours", p.version,
  (select json_agg(json_build_object('duties', l.duties, 'amountMaxMinor', l.amount_max_minor::text, 'approvers', l.approvers) order by l.level)
    from governance.approval_level l where l.action = p.action) as levels from governance.approval_policy p`);

export async function listPolicies(tx: Tx): Promise<Policy[]> {
  const { rows } = await sql<PolicyRow>`select ${policy} order by p.action limit ${POLICIES_MAX}`.execute(tx);
  return rows.map(fromRow);
}

export async function findPolicy(tx: Tx, action: string): Promise<Policy | null> {
  const { rows } = await sql<PolicyRow>`select ${policy} where p.action = ${action}`.execute(tx);
  return rows[0] === undefined ? null : fromRow(rows[0]);
}

function fromRow({ levels, ...row }: PolicyRow): Policy {
  return {
    ...row,
    levels: levels.map(({ amountMaxMinor, ...level }) => ({
      ...level,
      amountMaxMinor: amountMaxMinor === null ? null : BigInt(amountMaxMinor),
    })),
  };
}

/** Permissions and roles in use: what a level may name. */
export async function listDuties(tx: Tx): Promise<Set<string>> {
  const { rows } = await sql<{ duty: string }>`
    select distinct d as duty from governance.role r, unnest(r.duties) d where r.retired_at is null and not r.system limit 1000`.execute(
    tx,
  );
  return new Set(rows.map(({ duty }) => duty));
}

/** false: it has another version by now. */
export async function savePolicy(tx: Tx, action: string, change: PolicyChange): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update governance.approval_policy set currency = ${change.currency}, deputies = ${change.deputies}, escalate_after_hours = ${change.escalateAfterHours},
      expire_after_hours = ${change.expireAfterHours}, version = version + 1, changed_at = now()
    where action = ${action} and version = ${change.version}`.execute(tx);
  if (numAffectedRows !== 1n) return false;
  await sql`delete from governance.approval_level where action = ${action}`.execute(tx);
  for (const [place, level] of change.levels.entries())
    await sql`insert into governance.approval_level (action, level, duties, amount_max_minor, approvers)
      values (${action}, ${place + 1}, ${level.duties}::text[], ${level.amountMaxMinor}, ${level.approvers})`.execute(tx);
  return true;
}
