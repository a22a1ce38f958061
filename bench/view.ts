import { sql } from "../server/platform/db/index.ts";
import { type Case, people, type Sample } from "./requests.ts";

const CUSTOMERS_ASKED_MAX = 5_000;
const PER_SECOND = 100;
const goal = { share: 0.99, ms: 20 } as const;

/** The 360 degree view of customers drawn at random, never the same ones twice in a short while. */
export async function viewCases(sample: Sample): Promise<Case[]> {
  const drawn = (within: ReturnType<typeof sql>) =>
    sample(sql<{ id: string }>`
      select customer_id as id from customers.customer c where ${within} and c.compartments is null order by md5(customer_id::text) limit ${CUSTOMERS_ASKED_MAX}`);
  const own = await drawn(sql`branch_id = (select home_unit_id from governance.app_user where login = ${people.branch})`);
  const any = await drawn(sql`true`);
  const of = (login: string, rows: readonly { id: string }[]): Case => ({
    work: "view",
    login,
    wishes: rows.map(({ id }) => `/api/customers/${id}`),
    perSecond: PER_SECOND,
    goal,
  });
  return [of(people.branch, own), of(people.headOffice, any)];
}

/** What the page of a customer loads beside the view. */
export async function pageCases(sample: Sample): Promise<Case[]> {
  const rows = await sample(sql<{ id: string }>`
    select customer_id as id from customers.customer c where holding_count > 0 and compartments is null order by md5(customer_id::text) limit 1000`);
  return ["transactions", "transactions/totals", "balances"].map((part) => ({
    work: `view: ${part}`,
    login: people.headOffice,
    wishes: rows.map(({ id }) => `/api/customers/${id}/${part}`),
    perSecond: PER_SECOND / 4,
    goal,
  }));
}
