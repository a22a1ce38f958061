import { sql, type Tx } from "../../platform/db/index.ts";
import type { Seal } from "./contract.ts";

/** One row for each act: a customer of several records has a seal on each of them, with one reason and moment. As the person who asks. */
export async function listSeals(tx: Tx, compartmentId: number, after: string | null, limit: number): Promise<Seal[]> {
  const { rows } = await sql<Seal>`
    select s.seal_id as "sealId", s.compartment_id::int as "compartmentId", s.customer_no as "customerNo", c.customer_id as "customerId",
      c.full_name as "customerName", s.reason, coalesce(b.display_name, '') as "sealedByName", s.sealed_at as "sealedAt", l.display_name as "liftedByName",
      s.lifted_at as "liftedAt", s.lift_reason as "liftReason"
    from (
      select distinct on (sealed_at, customer_no) * from customers.seal
      where compartment_id = ${compartmentId} order by sealed_at, customer_no, seal_id) s
      left join customers.party p on p.party_id = s.party_id left join customers.customer c on c.customer_id = p.customer_id
      left join governance.app_user b on b.user_id = s.sealed_by left join governance.app_user l on l.user_id = s.lifted_by
    where ${after}::uuid is null or s.seal_id < ${after}::uuid
    order by s.seal_id desc limit ${limit}`.execute(tx);
  return rows;
}

/** On the worker, past row security: who keeps the seals names a customer by number. A number that was joined to another leads there. */
export async function findByNumber(tx: Tx, customerNo: string): Promise<{ customerId: string; customerNo: string } | null> {
  const { rows } = await sql<{ customerId: string; customerNo: string }>`
    select customer_id as "customerId", customer_no as "customerNo" from customers.customer where customer_no = ${customerNo}`.execute(tx);
  return rows[0] ?? null;
}

/** On the worker. Seals every record of the customer that is not in the compartment yet; answers the first seal, null when all were. */
export async function insertSeals(
  tx: Tx,
  seal: { customerId: string; customerNo: string; compartmentId: number; reason: string; by: string },
): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    insert into customers.seal (party_id, source_id, source_key, compartment_id, customer_no, reason, sealed_by)
    select p.party_id, p.source_id, p.source_key, ${seal.compartmentId}, ${seal.customerNo}, ${seal.reason}, ${seal.by}
    from customers.party p where p.customer_id = ${seal.customerId} order by p.party_id
    on conflict (party_id, compartment_id) where lifted_at is null do nothing
    returning seal_id as id`.execute(tx);
  return rows.map(({ id }) => id).sort()[0] ?? null;
}

/** On the worker. Lifts what was sealed by one act; answers the customers it lay on, null when there is no such seal in force. */
export async function liftSeals(
  tx: Tx,
  sealId: string,
  { reason, by }: { reason: string; by: string },
): Promise<{ customerNo: string; compartmentId: number; customerIds: string[] } | null> {
  const { rows } = await sql<{ customerNo: string; compartmentId: number; partyId: string }>`
    update customers.seal s set lifted_by = ${by}, lifted_at = now(), lift_reason = ${reason}
    from customers.seal named
    where named.seal_id = ${sealId} and s.compartment_id = named.compartment_id and s.customer_no = named.customer_no and s.sealed_at = named.sealed_at
      and s.lifted_at is null
    returning s.customer_no as "customerNo", s.compartment_id::int as "compartmentId", s.party_id as "partyId"`.execute(tx);
  const [first] = rows;
  if (first === undefined) return null;
  const found = await sql<{ id: string }>`
    select distinct customer_id as id from customers.party where party_id = any (${rows.map(({ partyId }) => partyId)}::uuid[])`.execute(
    tx,
  );
  return { customerNo: first.customerNo, compartmentId: first.compartmentId, customerIds: found.rows.map(({ id }) => id) };
}

/** On the worker. The number of the person with the largest relationship in somebody's portfolios, of one record, so that no doubtful join is sealed with it. */
export async function findLargestOf(tx: Tx, ownerLogin: string): Promise<string | null> {
  const { rows } = await sql<{ customerNo: string }>`
    select c.customer_no as "customerNo"
    from customers.customer c join governance.portfolio p on p.portfolio_id = c.portfolio_id join governance.app_user u on u.user_id = p.owner_user_id
    where u.login = ${ownerLogin} and c.kind = 'person' and c.party_count = 1 and c.compartments is null
    order by c.assets_minor desc, c.customer_no limit 1`.execute(tx);
  return rows[0]?.customerNo ?? null;
}

/** On the worker. Whether anybody was ever sealed. */
export async function hasSeals(tx: Tx): Promise<boolean> {
  const { rows } = await sql`select from customers.seal limit 1`.execute(tx);
  return rows.length > 0;
}
