import { sql, type Tx } from "../../../platform/db/index.ts";
import { kindsWithShare } from "../../relations/kinds/contract.ts";

interface RelationFrame {
  readonly sourceId: number;
  readonly columnOf: (kind: string, field: string) => string;
}

/**
 * Marks relations of the chunk that cannot be: to itself, ending before it began, a share of something that has none or beyond the whole, and shares in
 * one company that add up to more than the whole with what the source said before. What was counted first stands; the rest is for a person.
 */
export async function refuseUnsoundRelations(tx: Tx, frame: RelationFrame): Promise<void> {
  const column = sql.raw(frame.columnOf("relation", "f.field"));
  await sql`
    with found as (
      select c.ctid as at, case when c.party = c.other then 'relation_to_itself' when c.to_on < c.from_on then 'dates_turned' else 'share_does_not_fit' end as reason,
        case when c.party = c.other then 'other' when c.to_on < c.from_on then 'to_on' else 'share' end as field
      from cast_relation c
      where c.problem_reason is null and (c.party = c.other or c.to_on < c.from_on
        or c.share is not null and (c.share <= 0 or c.share > 1 or not c.kind = any (${kindsWithShare})))
    )
    update cast_relation c set problem_reason = f.reason, problem_field = f.field, problem_column = ${column} from found f where c.ctid = f.at`.execute(
    tx,
  );
  await sql`
    with told as (
      select distinct on (c.key) c.key, c.line_no, c.share, case c.kind when 'shareholder' then c.other else c.party end as company
      from cast_relation c
      where c.problem_reason is null and c.kind in ('shareholder', 'owned_company') and c.share is not null
        and (c.to_on is null or c.to_on >= current_date) and (c.from_on is null or c.from_on <= current_date)
      order by c.key, c.line_no
    ), known as (
      select s.source_key as company, sum(r.share) as share
      from (select distinct company from told) t
        join customers.source_record s on s.source_id = ${frame.sourceId} and s.kind = 'party' and s.source_key = t.company
        join customers.party_relation r on r.other_party_id = s.row_id and r.kind = 'shareholder' and r.source_id = ${frame.sourceId}
          and (r.to_on is null or r.to_on >= current_date) and (r.from_on is null or r.from_on <= current_date)
      where not exists (select from cast_relation c where c.key = r.source_key)
      group by 1
    ), f as (
      select t.key, 'share' as field, sum(t.share) over (partition by t.company order by t.line_no, t.key) + coalesce(k.share, 0) as total
      from told t left join known k using (company)
    )
    update cast_relation c set problem_reason = 'shares_above_whole', problem_field = f.field, problem_column = ${column}
    from f where c.key = f.key and c.problem_reason is null and f.total > 1.000001`.execute(tx);
}
