import { sql, type Tx } from "../../platform/db/index.ts";
import { publish } from "../../platform/events/index.ts";
import { type CustomerChanged, NAMED_MAX } from "./contract.ts";
import { customerChanged } from "./customer-changed.ts";
import { attributes, computed, contactAttributes } from "./golden-columns.ts";

const columns = ["branch_id", "portfolio_id", "kind", ...attributes, ...contactAttributes, "sort_name", ...computed];

/**
 * Writes the batch: what changed is updated, who is new gets a customer number, who came back has the old one, who has no party left goes. Tells
 * of it: customer by customer as long as they are few, else once for the batch.
 */
export async function writeGolden(tx: Tx, batchNo: number): Promise<void> {
  await tell(tx, "changed", await updateChanged(tx));
  await tell(tx, "created", await insertNew(tx));
  await sql`
    delete from customers.retired_customer r using touched_customer t
    where t.batch_no = ${batchNo} and r.customer_id = t.customer_id and exists (select from customers.customer c where c.customer_id = r.customer_id)`.execute(
    tx,
  );
  await tell(tx, "removed", await deleteEmpty(tx, batchNo));
}

interface Written {
  readonly count: number;
  /** The first ones only, one more than are named one by one. */
  readonly some: readonly { id: string; attributes: readonly string[] }[];
}

async function updateChanged(tx: Tx): Promise<Written> {
  const of = (alias: string) => columns.map((name) => `${alias}.${name}`).join(", ");
  const differing = columns.map((name) => `case when old.${name} is distinct from new.${name} then '${name}' end`).join(", ");
  return bounded(
    tx,
    sql`
      update customers.customer c set (${sql.raw(columns.join(", "))}, version, refreshed_at) = (select ${sql.raw(of("g"))}, c.version + 1, now())
      from golden g where g.customer_id = c.customer_id and (${sql.raw(of("c"))}) is distinct from (${sql.raw(of("g"))})
      returning c.customer_id as id, array_remove(array[${sql.raw(differing)}], null) as attributes`,
  );
}

async function insertNew(tx: Tx): Promise<Written> {
  const of = columns.map((name) => `g.${name}`).join(", ");
  return bounded(
    tx,
    sql`
      insert into customers.customer (customer_id, customer_no, ${sql.raw(columns.join(", "))})
      select g.customer_id, coalesce(r.customer_no, 'C-' || nextval('customers.customer_number')), ${sql.raw(of)}
      from golden g left join customers.retired_customer r using (customer_id)
      where not exists (select from customers.customer c where c.customer_id = g.customer_id) order by g.customer_id
      returning customer_id as id, '{}'::text[] as attributes`,
  );
}

async function deleteEmpty(tx: Tx, batchNo: number): Promise<Written> {
  return bounded(
    tx,
    sql`
      delete from customers.customer c using touched_customer t
      where t.batch_no = ${batchNo} and c.customer_id = t.customer_id and not exists (select from customers.party p where p.customer_id = c.customer_id)
      returning c.customer_id as id, '{}'::text[] as attributes`,
  );
}

async function bounded(tx: Tx, write: ReturnType<typeof sql>): Promise<Written> {
  const { rows } = await sql<Written>`
    with written as materialized (${write})
    select (select count(*)::int from written) as count,
      coalesce((select json_agg(s) from (select id, attributes from written limit ${NAMED_MAX + 1}) s), '[]') as some`.execute(tx);
  return rows[0] ?? { count: 0, some: [] };
}

async function tell(tx: Tx, change: CustomerChanged["change"], { count, some }: Written): Promise<void> {
  if (count > NAMED_MAX) {
    await publish(tx, customerChanged, { key: "many", payload: { customerId: null, change, attributes: [], count } });
    return;
  }
  for (const { id, attributes: names } of some) {
    await publish(tx, customerChanged, { key: id, payload: { customerId: id, change, attributes: [...names], count: 1 } });
  }
}
