import { sql, type Tx } from "../../../platform/db/index.ts";
import type { FraudMetrics } from "./learn.ts";

export async function hasLiveModel(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from intelligence.fraud_model where state = 'live'`.execute(tx);
  return rows.length > 0;
}

export async function hasModels(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from intelligence.fraud_model limit 1`.execute(tx);
  return rows.length > 0;
}

export interface NewModel {
  readonly body: string;
  readonly genuineShare: number;
  readonly metrics: FraudMetrics;
  readonly isLive: boolean;
  readonly by: string;
  readonly at: Date;
}

export async function insertModel(tx: Tx, { body, genuineShare, metrics, isLive, by, at }: NewModel): Promise<number> {
  const { rows } = await sql<{ modelNo: number }>`
    insert into intelligence.fraud_model (state, body, genuine_share, metrics, trained_by, trained_at)
    values (${isLive ? "live" : "trained"}, ${body}, ${genuineShare}, ${JSON.stringify(metrics)}::jsonb, ${by}, ${at}) returning model_no as "modelNo"`.execute(
    tx,
  );
  return rows[0]?.modelNo ?? 0;
}

export async function listModels(tx: Tx) {
  const { rows } = await sql<{
    modelNo: number;
    state: "trained" | "live" | "retired";
    metrics: FraudMetrics;
    trainedBy: string;
    trainedAt: Date;
    approvedBy: string | null;
    approvedAt: Date | null;
  }>`
    select model_no as "modelNo", state, metrics, trained_by as "trainedBy", trained_at as "trainedAt", approved_by as "approvedBy", approved_at as "approvedAt"
    from intelligence.fraud_model order by model_no desc limit 50`.execute(tx);
  return rows;
}

export async function lockModel(tx: Tx, modelNo: number) {
  const { rows } = await sql<{ state: "trained" | "live" | "retired"; trainedBy: string; checksum: string }>`
    select state, trained_by as "trainedBy", substring(body from '"checksum":"([0-9a-f]{64})"') as checksum
    from intelligence.fraud_model where model_no = ${modelNo} for update`.execute(tx);
  return rows[0] ?? null;
}

export async function putModelInForce(tx: Tx, modelNo: number, by: string, at: Date): Promise<void> {
  await sql`update intelligence.fraud_model set state = 'retired' where state = 'live'`.execute(tx);
  await sql`update intelligence.fraud_model set state = 'live', approved_by = ${by}, approved_at = ${at} where model_no = ${modelNo}`.execute(
    tx,
  );
}
