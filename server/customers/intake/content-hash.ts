import { createHash } from "node:crypto";
import { sql, type Tx } from "../../platform/db/index.ts";

// What each table says in words of the sources: no random ids, no times of work, no load numbers, no customer numbers.
const party =
  "(select s.code || ' ' || p.source_key from customers.party p join customers.source s using (source_id) where p.party_id = x.party_id)";
const holding = (id: string) =>
  `(select s.code || ' ' || h.source_key from customers.holding h join customers.source s using (source_id) where h.holding_id = x.${id})`;
const members =
  "(select array_agg(s.code || ' ' || p.source_key order by s.code, p.source_key) from customers.party p join customers.source s using (source_id) where p.customer_id = x.customer_id)";
const unit = "(select code from governance.organisation_unit u where u.unit_id = x.branch_id)";
const portfolio = "(select code from governance.portfolio f where f.portfolio_id = x.portfolio_id)";

const contents: Readonly<Record<string, string>> = {
  customer: `${members}, ${unit}, ${portfolio}, to_jsonb(x) - '{customer_id,customer_no,branch_id,portfolio_id,version,refreshed_at}'::text[]`,
  party: `${party}, to_jsonb(x) - '{party_id,customer_id,source_id,changed_at,load_no}'::text[]`,
  source_record: `${party}, to_jsonb(x) - '{party_id,row_id,source_id,load_no,seen_load_no}'::text[]`,
  identity_link: `${party}, x.decision, x.evidence, x.undone_at is null`,
  contact_point: `${party}, to_jsonb(x) - '{party_id,contact_point_id,source_id,changed_at,load_no}'::text[]`,
  // Of numbers, whose keys change: which records have the same one.
  identifier: `${party}, to_jsonb(x) - '{party_id,identifier_id,source_id,load_no,sealed_value,blind,blind_next}'::text[], (select array_agg(distinct s.code || ' ' || p.source_key order by s.code || ' ' || p.source_key)
    from customers.identifier o join customers.party p using (party_id) join customers.source s on s.source_id = p.source_id
    where o.blind in (x.blind, x.blind_next))`,
  holding: `${party}, ${holding("attached_to")}, to_jsonb(x) - '{party_id,holding_id,source_id,attached_to,changed_at,load_no}'::text[]`,
  holding_role: `${party}, ${holding("holding_id")}, x.role, x.source_key`,
  party_relation: `${party}, (select s.code || ' ' || p.source_key from customers.party p join customers.source s using (source_id) where p.party_id = x.other_party_id), x.kind, x.share, x.from_on, x.to_on, x.source_key`,
  balance: `${party}, ${holding("holding_id")}, x.kind, x.balance_on, x.amount_minor, x.currency`,
  transaction: `${party}, ${holding("holding_id")}, to_jsonb(x) - '{party_id,holding_id,transaction_id,source_id,load_no}'::text[]`,
  transaction_key: `${party}, x.source_key, x.booked_on, x.content_hash`,
  search_entry: `${members}, (select array_agg(t order by t) from unnest(tsvector_to_array(x.terms)) t where left(t, 1) not in ('n', '@', '%') and t !~ '^i[0-9a-f]{32}$')`,
  place: `x.source_id, to_jsonb(x) - '{load_no}'::text[]`,
};

/**
 * One hash over everything the customers area knows, the same for the same knowledge: to compare a bank before a load and after its reversal,
 * or an undisturbed load with one that was killed and continued. Reads every row; for tests and doctors, not
 * while the key of a blind index goes.
 */
export async function contentHash(tx: Tx): Promise<{ hash: string; tables: Record<string, string> }> {
  const tables: Record<string, string> = {};
  for (const [table, content] of Object.entries(contents)) {
    const { rows } = await sql<{ rows: string; sum: string }>`
      select count(*)::text as rows, coalesce(sum(hashtextextended(row(${sql.raw(content)})::text, 0)::numeric), 0)::text as sum
      from ${sql.table(`customers.${table}`)} x`.execute(tx);
    tables[table] = `${rows[0]?.rows} ${rows[0]?.sum}`;
  }
  return { hash: createHash("sha256").update(JSON.stringify(tables)).digest("hex"), tables };
}
