import { sql, type Tx } from "../../platform/db/index.ts";
import type { JoinOrder } from "./join-order.ts";
import { PARTIES_PER_KEY_MAX } from "./strong-keys.ts";

/** Session tables the decision works in; they empty themselves at commit. */
export const identityWorkTables = `
  create temp table if not exists shared_key (key_no int, scheme text, last4 text, party_id uuid, customer_id uuid) on commit delete rows;
  create index if not exists shared_key_customer on shared_key (customer_id);
  create temp table if not exists cluster (customer_id uuid primary key, oldest_id uuid) on commit delete rows;
  create temp table if not exists join_move (party_id uuid primary key, from_id uuid, to_id uuid, decision text, evidence jsonb) on commit delete rows;`;

const strong = (kind: string, scheme: string) =>
  sql.raw(
    `(${kind} = 'person' and ${scheme} in ('national_id', 'tax_id') or ${kind} = 'organisation' and ${scheme} in ('registration', 'tax_id', 'lei'))`,
  );

/** Fills shared_key with the strong keys of this chunk that parties of different customers have; false when there are none. */
export async function collectSharedKeys(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    with touched as materialized (
      select distinct l.blind, coalesce(l.blind_next, l.blind_was) as other_form, i.last4, i.scheme, i.country, p.kind
      from landing_identifier l
        join customers.identifier i on i.party_id = l.ref1_party and i.identifier_id = l.row_id
        join customers.party p on p.party_id = i.party_id
      where l.outcome in ('created', 'updated') and i.verified and ${strong("p.kind", "i.scheme")}
    ), asked as (
      -- While the key of the blind index changes a number may stand there in either of two forms.
      select t.*, t.blind as form from touched t union all select t.*, t.other_form from touched t where t.other_form is not null
    ), held as (
      select t.blind, t.scheme, t.country, t.kind, t.last4, p.party_id, p.customer_id,
        count(*) over same_key as parties, min(p.customer_id::text) over same_key as first_id, max(p.customer_id::text) over same_key as last_id
      from asked t
        join customers.identifier i on i.blind = t.form and i.scheme = t.scheme and i.country is not distinct from t.country and i.verified
        join customers.party p on p.party_id = i.party_id and p.kind = t.kind
      window same_key as (partition by t.blind, t.scheme, t.country, t.kind)
    ), kept as (
      insert into shared_key (key_no, scheme, last4, party_id, customer_id)
      select dense_rank() over (order by blind, scheme, country, kind), scheme, last4, party_id, customer_id
      from held where first_id <> last_id and parties <= ${PARTIES_PER_KEY_MAX}
      returning 1
    )
    select exists (select from kept) as found`.execute(tx);
  if (rows[0]?.found !== true) return false;
  await sql`insert into cluster select distinct customer_id, customer_id from shared_key`.execute(tx);
  await sql`analyze shared_key, cluster`.execute(tx);
  return true;
}

/** Every customer takes the oldest id among those it shares a key with (ids are in order of time). Answers how many changed. */
export async function spreadOldest(tx: Tx): Promise<number> {
  const { numAffectedRows } = await sql`
    update cluster c set oldest_id = n.oldest_id::uuid
    from (
      select s.customer_id, min(k.oldest_id) as oldest_id
      from shared_key s join (
        select s2.key_no, min(c2.oldest_id::text) as oldest_id from shared_key s2 join cluster c2 on c2.customer_id = s2.customer_id group by s2.key_no
      ) k on k.key_no = s.key_no
      group by s.customer_id
    ) n
    where n.customer_id = c.customer_id and n.oldest_id < c.oldest_id::text`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** All parties of the customers that give way, with the key that says why. */
export async function planMoves(tx: Tx): Promise<void> {
  await sql`
    insert into join_move (party_id, from_id, to_id, decision, evidence)
    select p.party_id, c.customer_id, c.oldest_id,
      case when why.scheme in ('registration', 'lei') or p.kind = 'organisation' then 'registration' else 'national_id' end,
      jsonb_build_object('scheme', why.scheme, 'last4', why.last4)
    from cluster c
      join customers.party p on p.customer_id = c.customer_id
      cross join lateral (
        select s.scheme, s.last4 from shared_key s where s.customer_id = c.customer_id
        order by s.party_id <> p.party_id, s.scheme, s.last4 limit 1
      ) why
    where c.oldest_id <> c.customer_id`.execute(tx);
}

/** Parties known before this chunk leave their customer: the old link stays as history. */
export async function undoLinks(tx: Tx, order: JoinOrder): Promise<void> {
  await sql`
    update customers.identity_link i set undone_at = now(), undone_by = ${order.decidedBy}, undone_load_no = ${order.loadNo}
    from join_move m where i.party_id = m.party_id and i.undone_at is null`.execute(tx);
}

/** The customers that gave way. */
export async function listGivenWay(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct from_id as id from join_move`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function movePointers(tx: Tx): Promise<void> {
  await sql`update customers.party p set customer_id = m.to_id from join_move m where p.party_id = m.party_id`.execute(tx);
}

/** The links in force of the chunk's new parties and of those that moved. */
export async function insertLinks(tx: Tx, order: JoinOrder): Promise<void> {
  const into = sql`insert into customers.identity_link (party_id, link_id, customer_id, decision, evidence, decided_by, load_no)`;
  // Who a new party was when it came stays known also when it joined another at once: un-merging gives it back.
  await sql`
    insert into customers.identity_link (party_id, link_id, customer_id, decision, decided_by, load_no, undone_at, undone_by, undone_load_no)
    select m.party_id, uuidv7(), m.from_id, 'first', ${order.decidedBy}, ${order.loadNo}, now(), ${order.decidedBy}, ${order.loadNo}
    from join_move m where exists (select from landing_party l where l.row_id = m.party_id and l.outcome = 'created') order by m.party_id`.execute(
    tx,
  );
  await sql`${into}
    select p.party_id, uuidv7(), p.customer_id, coalesce(m.decision, 'first'), coalesce(m.evidence, '{}'), ${order.decidedBy}, ${order.loadNo}
    from landing_party l join customers.party p on p.party_id = l.row_id left join join_move m on m.party_id = l.row_id
    where l.outcome = 'created' order by l.line_no`.execute(tx);
  await sql`${into}
    select m.party_id, uuidv7(), m.to_id, m.decision, m.evidence, ${order.decidedBy}, ${order.loadNo} from join_move m
    where not exists (select from landing_party l where l.row_id = m.party_id and l.outcome = 'created') order by m.party_id`.execute(tx);
}
