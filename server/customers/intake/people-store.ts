import { sql, type Tx } from "../../platform/db/index.ts";
import type { WorkOfPeople } from "./contract.ts";

/**
 * What people did on the parties this load created, as it stands now: entered relations, memberships of households and groups that go on, decisions
 * of who is who, pinned values, open disputes, consents. What they took back or ended themselves does not hold a reversal up.
 */
export async function findWorkOfPeople(tx: Tx, loadNo: number): Promise<WorkOfPeople[]> {
  const { rows } = await sql<WorkOfPeople>`
    with p as materialized (select party_id from customers.source_record where load_no = ${loadNo} and kind = 'party'),
      found (place, kind, row_id) as (
        select 1, 'relation', r.relation_id::text from customers.party_relation r join p using (party_id) where r.load_no is null and r.withdrawn_at is null
        union select 1, 'relation', r.relation_id::text from customers.party_relation r join p on p.party_id = r.other_party_id
          where r.load_no is null and r.withdrawn_at is null
        union select 2, 'circle_member', m.member_id::text from customers.circle_member m join p using (party_id)
          where m.to_on is null or m.to_on > current_date
        union select 3, 'identity_decision', d.party_id || ' ' || d.other_party_id from customers.match_pair d join p using (party_id)
          where d.decision in ('same', 'apart') and d.decided_by is not null
        union select 3, 'identity_decision', d.party_id || ' ' || d.other_party_id from customers.match_pair d join p on p.party_id = d.other_party_id
          where d.decision in ('same', 'apart') and d.decided_by is not null
        union select 4, 'value_pin', v.pin_id::text from customers.value_pin v join p using (party_id) where v.unpinned_at is null
        union select 5, 'value_dispute', v.dispute_id::text from customers.value_dispute v join p using (party_id) where v.state = 'open'
        union select 6, 'consent', c.consent_id::text from customers.consent c join p using (party_id)
      )
    select kind, count(*)::int as rows from found group by place, kind order by place`.execute(tx);
  return rows;
}
