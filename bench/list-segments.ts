import type { Filter } from "../server/customers/directory/contract.ts";
import { sql } from "../server/platform/db/index.ts";
import type { AsOperator } from "./requests.ts";

/** Of a thousand customers, how many are in the segment. */
const segments = { few: 1, some: 20, many: 300 } as const;

/** Saved segments of a few, some and many of all customers, drawn by their ids, as filters of the list. */
export async function segmentFilters(asOperator: AsOperator): Promise<Record<string, Filter>> {
  const ids = new Map<string, string>();
  await asOperator(async (tx) => {
    // Copies of customers have no facts; who may see a member is asked of their row.
    await sql`insert into intelligence.customer_fact (customer_id, branch_id, as_of)
      select customer_id, branch_id, current_date from customers.customer on conflict do nothing`.execute(tx);
    for (const [size, perThousand] of Object.entries(segments)) {
      const name = `bench: ${size} customers`;
      await sql`delete from intelligence.segment where name = ${name}`.execute(tx);
      const { rows } = await sql<{ id: string }>`
        insert into intelligence.segment (name, owner_id, shared, definition)
        select ${name}, user_id, true, '{"filter": {"match": "all", "of": []}}' from governance.app_user where login = 'analyst' returning segment_id as id`.execute(
        tx,
      );
      const id = rows[0]?.id ?? "";
      await sql`insert into intelligence.segment_member (segment_id, customer_id, joined_on)
        select ${id}, customer_id, current_date from customers.customer where uuid_hash(customer_id) & 1023 < ${perThousand}`.execute(tx);
      ids.set(size, id);
    }
  });
  return Object.fromEntries(
    [...ids].map(([size, id]) => [
      `saved segment of ${size}`,
      { match: "all", conditions: [{ field: "member", operator: "is_one_of", value: [id] }] } satisfies Filter,
    ]),
  );
}
