import { sql } from "../../platform/db/index.ts";

export const suppliedKeys = ["credit_score", "default_share", "risk_band", "expected_loss_minor", "on_watch_list"] as const;

/** The facts of customers, or of all; who owes nothing has none. */
export const creditFacts = (customerIds: readonly string[] | null) => sql`
  select f.customer_id, r.points as credit_score, r.probability as default_share, r.band as risk_band, r.expected_loss_minor,
    exists (select from customers.published_party p join intelligence.watch_entry w using (party_id) where p.customer_id = f.customer_id and w.left_at is null) as on_watch_list
  from intelligence.customer_fact f left join intelligence.credit_rating r using (customer_id)
  where ${customerIds}::uuid[] is null or f.customer_id = any (${customerIds})`;
