import { sql, type Tx } from "../../platform/db/index.ts";
import { ProfitParameters } from "../value/contract.ts";
import type { ParameterVersion } from "./parameters/contract.ts";
import type { Version } from "./rules.ts";

/** Versions in force or once in force, oldest first. */
export async function listApproved(tx: Tx): Promise<(Version<ProfitParameters> & { readonly appliedAt: Date | null })[]> {
  const { rows } = await sql<{ versionNo: number; validFrom: string; appliedAt: Date | null; body: unknown }>`
    select version_no as "versionNo", valid_from as "validFrom", applied_at as "appliedAt", body from intelligence.profit_parameters
    where state = 'approved' order by version_no limit 500`.execute(tx);
  return rows.map(({ body, ...version }) => ({ ...version, body: ProfitParameters.parse(body) }));
}

const described = sql.raw(`v.version_no as "versionNo", v.valid_from as "validFrom", v.reason, v.state, v.proposed_by as "proposedBy",
  coalesce(p.display_name, '') as "proposedByName", v.proposed_at as "proposedAt", v.applied_at as "appliedAt"
  from intelligence.profit_parameters v left join governance.app_user p on p.user_id = v.proposed_by`);

export type DescribedVersion = Omit<ParameterVersion, "isOwn" | "approval" | "state"> & {
  readonly proposedBy: string;
  readonly state: "proposed" | "approved";
};

/** Newest first. */
export async function listVersions(tx: Tx, limit: number): Promise<DescribedVersion[]> {
  const { rows } = await sql<DescribedVersion>`select ${described} order by v.version_no desc limit ${limit}`.execute(tx);
  return rows;
}

export async function findVersion(tx: Tx, versionNo: number): Promise<(DescribedVersion & { readonly body: ProfitParameters }) | null> {
  const { rows } = await sql<DescribedVersion & { body: unknown }>`
    select v.body, ${described} where v.version_no = ${versionNo}`.execute(tx);
  const [found] = rows;
  return found === undefined ? null : { ...found, body: ProfitParameters.parse(found.body) };
}

export async function insertVersion(
  tx: Tx,
  { validFrom, reason, body, by }: { validFrom: string; reason: string; body: ProfitParameters; by: string },
): Promise<number> {
  const { rows } = await sql<{ versionNo: number }>`
    insert into intelligence.profit_parameters (valid_from, reason, body, proposed_by)
    values (${validFrom}, ${reason}, ${JSON.stringify(body)}::jsonb, ${by}) returning version_no as "versionNo"`.execute(tx);
  return rows[0]?.versionNo ?? 0;
}

/** Only in the transaction that completed the approval of it. False: it is in force already. */
export async function approveVersion(tx: Tx, versionNo: number): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select intelligence.approve_parameters(${versionNo}) as done`.execute(tx);
  return rows[0]?.done ?? false;
}

export async function saveApplied(tx: Tx, versionNos: readonly number[]): Promise<void> {
  await sql`update intelligence.profit_parameters set applied_at = now() where version_no = any (${versionNos}::int[]) and applied_at is null`.execute(
    tx,
  );
}
