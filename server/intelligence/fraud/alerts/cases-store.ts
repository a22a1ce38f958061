import { sql, type Tx } from "../../../platform/db/index.ts";
import type { ReportedCase } from "./reported-case.ts";

export async function insertCases(
  tx: Tx,
  cases: readonly ReportedCase[],
  { by, at }: { readonly by: string; readonly at: Date },
): Promise<{ kept: number; found: number }> {
  const { rows } = await sql<{ kept: number; found: number }>`
    with known as (
      select t.party_id, t.source_id, t.source_key, t.booked_on, c."isFraud" as is_fraud
      from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as c (source text, "paymentKey" text, "isFraud" boolean)
        join customers.published_source s on s.code = c.source
        join customers.published_booking_key t on t.source_id = s.source_id and t.source_key = c."paymentKey"),
    kept as (
      insert into intelligence.fraud_label (party_id, source_id, source_key, is_fraud, happened_on, decided_by, decided_at)
      select party_id, source_id, source_key, is_fraud, booked_on, ${by}, ${at} from known on conflict do nothing returning 1)
    select (select count(*) from kept)::int as kept, (select count(*) from known)::int as found`.execute(tx);
  return rows[0] ?? { kept: 0, found: 0 };
}
