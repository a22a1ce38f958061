import { CustomerSort, type Filter } from "../server/customers/directory/contract.ts";
import { sql } from "../server/platform/db/index.ts";
import { segmentFilters } from "./list-segments.ts";
import { type AsOperator, type Case, people, type Sample } from "./requests.ts";

const PER_SECOND = 10;
const goal = { share: 0.95, ms: 100 } as const;

const filters: Record<string, Filter> = {
  "one segment": { match: "all", conditions: [{ field: "segment", operator: "is_one_of", value: ["affluent"] }] },
  "has a mortgage, wealthy": {
    match: "all",
    conditions: [
      { field: "holding", operator: "has", value: "mortgage" },
      { field: "assets", operator: "at_least", value: "5000000", currency: "EUR" },
    ],
  },
  "birthday this week": { match: "all", conditions: [{ field: "birthday", operator: "within_days", value: 7 }] },
  "quiet for 90 days, with an e-mail": {
    match: "all",
    conditions: [
      { field: "quietDays", operator: "at_least", value: 90 },
      { field: "email", operator: "is_known" },
    ],
  },
  "name and language": {
    match: "all",
    conditions: [
      { field: "name", operator: "contains", value: "maria" },
      { field: "language", operator: "is_one_of", value: ["es"] },
    ],
  },
  "either of two cities or young": {
    match: "any",
    conditions: [
      { field: "city", operator: "is", value: "Madrid" },
      { field: "city", operator: "is", value: "London" },
      { field: "bornOn", operator: "after", value: "2000-01-01" },
    ],
  },
  "nothing fits": { match: "all", conditions: [{ field: "city", operator: "is", value: "Atlantis" }] },
};

/** Every order both ways, pages deep in the list, filters, counts and the choices of the filter box. */
export async function listCases(sample: Sample, asOperator: AsOperator): Promise<Case[]> {
  const deep = await deepPages(sample);
  const all = { ...filters, ...(await segmentFilters(asOperator)) };
  return [people.branch, people.headOffice].flatMap((login) => {
    const of = (work: string, ...wishes: string[]): Case => ({ work, login, wishes, perSecond: PER_SECOND, goal });
    return [
      of("list: first pages, every order", ...CustomerSort.options.flatMap((sort) => bothWays(`/api/customers?sort=${sort}`))),
      of("list: pages deep in every order", ...deep),
      ...Object.entries(all).flatMap(([what, filter]) => [
        of(`list: ${what}`, ...CustomerSort.options.map((sort) => `/api/customers?sort=${sort}&filter=${encode(filter)}`)),
        of(`count: ${what}`, `/api/customers/count?filter=${encode(filter)}`),
      ]),
      of("count: all", "/api/customers/count"),
      of("filter choices", "/api/customers/filter-choices"),
    ];
  });
}

const encode = (value: unknown) => encodeURIComponent(JSON.stringify(value));

function bothWays(path: string): string[] {
  return ["ascending", "descending"].map((direction) => `${path}&direction=${direction}`);
}

/** Cursors as the list writes them, for places all over each order. */
async function deepPages(sample: Sample): Promise<string[]> {
  const rows = await sample(sql<{ sort: string; value: string; id: string }>`
    with drawn as (select * from customers.customer order by md5(customer_id::text) limit 20)
    select sort, value, customer_id as id from drawn c cross join lateral (values
      ('name', c.sort_name), ('assets', c.assets_minor::text), ('debts', c.debts_minor::text),
      ('customerSince', coalesce(c.customer_since, '-infinity')::text), ('lastTransactionOn', coalesce(c.last_transaction_on, '-infinity')::text)) as k (sort, value)`);
  return rows.flatMap(({ sort, value, id }) => bothWays(`/api/customers?sort=${sort}&after=${encode([value, id])}`));
}
