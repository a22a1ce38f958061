import type { RawBuilder } from "kysely";
import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import { assertNever } from "../../platform/errors/index.ts";
import { queryTerms } from "../../platform/text/index.ts";
import type { Condition, CustomerSort, CustomerSummary, Filter } from "./contract.ts";
import { birthdaysWithin, type Cursor, nameQuery } from "./rules.ts";

type Sql = RawBuilder<unknown>;
type Predicate = RawBuilder<boolean>;

/** What the caller's roles reach, from the functions the row policies themselves use. */
export interface Reach {
  readonly wholeBank: boolean;
  readonly unitIds: readonly string[];
  readonly portfolioIds: readonly string[];
}

export async function readReach(tx: Tx): Promise<Reach> {
  const { rows } = await sql<Reach>`${prepared}
    select governance.reaches_whole_bank() as "wholeBank", governance.visible_units() as "unitIds", governance.visible_portfolios() as "portfolioIds"`.execute(
    tx,
  );
  return rows[0] ?? { wholeBank: false, unitIds: [], portfolioIds: [] };
}

// The policy decides; saying the same again in the query lets the planner use the indexes on branch and portfolio.
function within(reach: Reach): Predicate {
  if (reach.wholeBank) return sql`true`;
  return sql`(c.branch_id = any (${reach.unitIds}::uuid[]) or c.portfolio_id = any (${reach.portfolioIds}::uuid[]))`;
}

const summaryColumns = sql`
  c.customer_id as "customerId", c.customer_no as "customerNo", c.kind, c.full_name as "fullName", c.latin_name as "latinName", c.language, c.segment,
  c.born_on as "bornOn", c.phone, c.email, c.city, c.country, c.currency, c.assets_minor as "assetsMinor", c.debts_minor as "debtsMinor",
  c.other_currencies as "otherCurrencies", c.holding_count as "holdingCount", c.customer_since as "customerSince", c.last_transaction_on as "lastTransactionOn",
  coalesce(c.in_arrears, false) as "inArrears", c.deceased_on as "deceasedOn",
  (select jsonb_build_object('unitId', o.unit_id, 'code', o.code, 'name', o.name) from governance.organisation_unit o where o.unit_id = c.branch_id) as branch,
  (select jsonb_build_object('portfolioId', p.portfolio_id, 'code', p.code, 'name', p.name, 'ownerName', u.display_name)
    from governance.portfolio p left join governance.app_user u on u.user_id = p.owner_user_id where p.portfolio_id = c.portfolio_id) as portfolio`;

/** A condition over `customers.customer c`. Every name is written here; what comes from outside is a parameter. */
function predicate(condition: Condition, today: string): Predicate {
  switch (condition.field) {
    case "name":
      return namePredicate(condition.value);
    case "city":
      return condition.operator === "is"
        ? sql`c.city_folded = lower(${condition.value})`
        : sql`starts_with(c.city_folded, lower(${condition.value}))`;
    case "kind":
      return sql`c.kind = ${condition.value}`;
    case "segment":
      return listPredicate(sql`c.segment`, condition.operator, condition.value);
    case "country":
      return listPredicate(sql`c.country::text`, condition.operator, condition.value);
    case "language":
      return listPredicate(sql`c.language`, condition.operator, condition.value);
    case "currency":
      return listPredicate(sql`c.currency::text`, condition.operator, condition.value);
    case "branch":
      return idsPredicate(sql`c.branch_id`, condition.operator, condition.value);
    case "portfolio":
      return idsPredicate(sql`c.portfolio_id`, condition.operator, condition.value);
    case "holding":
      return condition.operator === "has"
        ? sql`${condition.value} = any (c.holding_kinds)`
        : sql`${condition.value} <> all (c.holding_kinds)`;
    case "bornOn":
      return dayPredicate(sql`c.born_on`, condition.operator, condition.value);
    case "birthday":
      return sql`c.birthday = any (${birthdaysWithin(today, condition.value)}::smallint[])`;
    case "customerSince":
      return dayPredicate(sql`c.customer_since`, condition.operator, condition.value);
    case "lastTransactionOn":
      return dayPredicate(sql`c.last_transaction_on`, condition.operator, condition.value);
    case "quietDays":
      return sql`${dayOrNever(sql`c.last_transaction_on`)} <= ${today}::date - ${condition.value}::int`;
    case "assets":
      return moneyPredicate(sql`c.assets_minor`, condition);
    case "debts":
      return moneyPredicate(sql`c.debts_minor`, condition);
    case "arrears":
      return condition.operator === "is" ? sql`c.in_arrears` : sql`c.in_arrears is not true`;
    case "phone":
      return condition.operator === "is_known" ? sql`c.phone is not null` : sql`c.phone is null`;
    case "email":
      return condition.operator === "is_known" ? sql`c.email is not null` : sql`c.email is null`;
    case "member":
      return memberPredicate(condition.operator, condition.value);
    case "own":
      return condition.operator === "is"
        ? sql`coalesce(c.portfolio_id = any ((select governance.visible_portfolios())::uuid[]), false)`
        : sql`coalesce(c.portfolio_id <> all ((select governance.visible_portfolios())::uuid[]), true)`;
    case "customer":
      return idsPredicate(sql`c.customer_id`, condition.operator, condition.value);
    default:
      return assertNever(condition);
  }
}

function namePredicate(text: string): Predicate {
  const query = nameQuery(queryTerms(text));
  return query === null ? sql`false` : sql`c.customer_id = any (array(select customers.matching_customers(${query}::tsquery)))`;
}

function listPredicate(column: Sql, operator: "is_one_of" | "is_none_of", values: readonly string[]): Predicate {
  return operator === "is_one_of"
    ? sql`${column} = any (${values}::text[])`
    : sql`(${column} is null or ${column} <> all (${values}::text[]))`;
}

function idsPredicate(column: Sql, operator: "is_one_of" | "is_none_of", ids: readonly string[]): Predicate {
  return operator === "is_one_of" ? sql`${column} = any (${ids}::uuid[])` : sql`(${column} is null or ${column} <> all (${ids}::uuid[]))`;
}

function memberPredicate(operator: "is_one_of" | "is_none_of", groupIds: readonly string[]): Predicate {
  // Nobody is twice in one group: said of one, members can be walked until a page is full instead of being gathered first.
  const isAsked = groupIds.length === 1 ? sql`g.group_id = ${groupIds[0]}::uuid` : sql`g.group_id = any (${groupIds}::uuid[])`;
  const isIn = sql<boolean>`exists (select from customers.group_member g where g.customer_id = c.customer_id and ${isAsked})`;
  return operator === "is_one_of" ? isIn : sql`not ${isIn}`;
}

function dayPredicate(column: Sql, operator: "before" | "after" | "on", day: string): Predicate {
  if (operator === "on") return sql`${column} = ${day}::date`;
  return operator === "before" ? sql`${column} < ${day}::date` : sql`${column} > ${day}::date`;
}

function moneyPredicate(
  column: Sql,
  { operator, value, currency }: { operator: "at_least" | "at_most"; value: string; currency: string },
): Predicate {
  const bound = operator === "at_least" ? sql`${column} >= ${value}::bigint` : sql`${column} <= ${value}::bigint`;
  return sql`(c.currency = ${currency} and ${bound})`;
}

function filterPredicate(filter: Filter | undefined, today: string): Predicate {
  if (filter === undefined || filter.conditions.length === 0) return sql`true`;
  const parts = filter.conditions.map((part) => ("match" in part ? filterPredicate(part, today) : predicate(part, today)));
  return sql`(${sql.join(parts, filter.match === "all" ? sql` and ` : sql` or `)})`;
}

/** As the indexes have it; coalesce() would count as leaky under row security and keep a page from starting inside the index. */
function dayOrNever(day: Sql): Sql {
  return sql`case when ${day} is null then '-infinity' else ${day} end`;
}

const orders = {
  name: { key: sql`c.sort_name`, type: sql`text collate "und-x-icu"` },
  assets: { key: sql`c.assets_minor`, type: sql`bigint` },
  debts: { key: sql`c.debts_minor`, type: sql`bigint` },
  customerSince: { key: dayOrNever(sql`c.customer_since`), type: sql`date` },
  lastTransactionOn: { key: dayOrNever(sql`c.last_transaction_on`), type: sql`date` },
} as const satisfies Record<CustomerSort, { key: Sql; type: Sql }>;

/** Those in which an index leads through one unit or portfolio. */
const ordersOfUnits: ReadonlySet<CustomerSort> = new Set(["name", "assets", "debts"]);

export interface ListRequest {
  readonly filter: Filter | undefined;
  readonly sort: CustomerSort;
  readonly direction: "ascending" | "descending";
  readonly after: Cursor | null;
  readonly rows: number;
  /** The bank's day, for conditions relative to today. */
  readonly today: string;
}

export type ListedCustomer = CustomerSummary & { readonly sortValue: string };

/** One page, in the way that promises to reach it soonest. */
export async function listCustomers(tx: Tx, reach: Reach, request: ListRequest): Promise<ListedCustomer[]> {
  const { key } = orders[request.sort];
  const { direction, start } = walkOf(request);
  const fits = filterPredicate(request.filter, request.today);
  const rowsOf = (where: Predicate) =>
    sql`select c.customer_id, ${key} as sort_value from customers.customer c where ${where} and ${fits} and ${start}`;
  const first = (where: Predicate) => sql`${rowsOf(where)} order by ${key} ${direction}, c.customer_id ${direction} limit ${request.rows}`;
  const each = sql`select * from (${firstOfEach(reach, first)}) found`;
  if (walksApart(reach) && ordersOfUnits.has(request.sort)) return pageOf(tx, request, each);
  const isFiltered = (request.filter?.conditions.length ?? 0) > 0;
  if (isFiltered && (await findsFew(tx, sql`${within(reach)} and ${fits}`, request.rows)))
    return pageOf(tx, request, sql`select * from found`, sql`found as materialized (${rowsOf(within(reach))}),`);
  return pageOf(tx, request, walksApart(reach) ? each : sql`select * from (${first(within(reach))}) found`);
}

function walkOf({ sort, direction, after }: ListRequest) {
  const { key, type } = orders[sort];
  const beyond = direction === "ascending" ? sql`>` : sql`<`;
  return {
    direction: direction === "ascending" ? sql`asc` : sql`desc`,
    start: after === null ? sql`true` : sql`(${key}, c.customer_id) ${beyond} (${after.value}::${type}, ${after.customerId}::uuid)`,
  };
}

/** The first rows of `from` (customer_id, sort_value), with what a list shows of them. */
async function pageOf(tx: Tx, request: ListRequest, from: Sql, before: Sql = sql``): Promise<ListedCustomer[]> {
  const { direction } = walkOf(request);
  const { rows } = await sql<ListedCustomer>`
    with ${before} page as materialized (
      ${from} order by sort_value ${direction}, customer_id ${direction} limit ${request.rows}
    )
    select ${summaryColumns}, page.sort_value::text as "sortValue"
    from page join customers.customer c on c.customer_id = page.customer_id
    order by page.sort_value ${direction}, c.customer_id ${direction}`.execute(tx);
  return rows;
}

// A row met on a walk along an order costs about as much as reading one page of the table at random (random_page_cost, and the row).
const COST_OF_A_STEP = 1.3;
// How much later than expected a page may be full: who fit are seldom spread evenly along an order.
const WALKS_LONGER_BY = 3;

/** Whether finding all who fit promises to be sooner than walking an order until a page of them is full; by the planner's own estimates. */
async function findsFew(tx: Tx, fits: Predicate, rows: number): Promise<boolean> {
  const all = await planned(tx, fits);
  const steps = (rows / Math.max(all.rows, 1)) * (await bankSize(tx)) * WALKS_LONGER_BY;
  return all.cost < steps * COST_OF_A_STEP;
}

// Beyond that a page is found sooner by walking the whole bank in its order.
const WALKS_MAX = 40;

function walksApart({ wholeBank, unitIds, portfolioIds }: Reach): boolean {
  return !wholeBank && unitIds.length + portfolioIds.length <= WALKS_MAX;
}

/** The first of each unit and portfolio, each by its own index in order; "in this unit or that portfolio" at once would have to sort them all. */
function firstOfEach({ unitIds, portfolioIds }: Reach, first: (where: Predicate) => Sql): Sql {
  return sql`
    select f.* from unnest(${unitIds}::uuid[]) as unit (id) cross join lateral (${first(sql`c.branch_id = unit.id`)}) f
    union all
    select f.* from unnest(${portfolioIds}::uuid[]) as portfolio (id)
      cross join lateral (${first(sql`c.portfolio_id = portfolio.id and (c.branch_id = any (${unitIds}::uuid[])) is not true`)}) f`;
}

export interface Group {
  readonly groupId: string;
  readonly name: string;
  /** It was not put away, and can be asked. */
  readonly isThere: boolean;
}

/** Of these groups those the caller may see (row security), in no order. */
export async function findGroups(tx: Tx, groupIds: readonly string[]): Promise<Group[]> {
  const { rows } = await sql<Group>`
    select group_id as "groupId", name, is_there as "isThere" from customers.customer_group where group_id = any (${groupIds}::uuid[])`.execute(
    tx,
  );
  return rows;
}

export interface CurrencyCount {
  /** null: customers without holdings. */
  readonly currency: string | null;
  readonly count: number;
  readonly assetsMinor: bigint;
  readonly debtsMinor: bigint;
}

/** Counts and sums up to `exactMax` + 1 rows, by main currency, the most customers first. */
export async function countUpTo(
  tx: Tx,
  reach: Reach,
  filter: Filter | undefined,
  today: string,
  exactMax: number,
): Promise<CurrencyCount[]> {
  const { rows } = await sql<CurrencyCount>`
    select currency, count(*)::int as count, sum(assets_minor)::bigint as "assetsMinor", sum(debts_minor)::bigint as "debtsMinor"
    from (
      select c.currency, c.assets_minor, c.debts_minor from customers.customer c
      where ${within(reach)} and ${filterPredicate(filter, today)} limit ${exactMax + 1}
    ) counted
    group by currency order by count(*) desc, currency limit 300`.execute(tx);
  return rows;
}

/** The planner's estimate, from statistics alone: nobody's rows are looked at. */
export async function estimateCount(tx: Tx, reach: Reach, filter: Filter | undefined, today: string): Promise<number> {
  const fitting = await planned(tx, sql`${within(reach)} and ${filterPredicate(filter, today)}`);
  // What the planner takes the policy itself to let pass is a guess without knowledge of the caller, and `within` says it already: it is divided out.
  const passing = await planned(tx, sql`true`);
  return (fitting.rows * (await bankSize(tx))) / Math.max(passing.rows, 1);
}

async function bankSize(tx: Tx): Promise<number> {
  const { rows } = await sql<{ bank: number }>`
    select reltuples::float8 as bank from pg_class where oid = 'customers.customer'::regclass`.execute(tx);
  return rows[0]?.bank ?? 0;
}

async function planned(tx: Tx, where: Predicate): Promise<{ rows: number; cost: number }> {
  const { rows } = await sql<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number; "Total Cost": number } }] }>`
    explain (format json) select from customers.customer c where ${where}`.execute(tx);
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  return { rows: plan?.["Plan Rows"] ?? 0, cost: plan?.["Total Cost"] ?? 0 };
}

const CHOICES_MAX = 2_000;

const CHOICES_FROM_CUSTOMERS_MAX = 20_000;

/** The codes of customers in reach, told from so many of them, in one pass; bounded by the closed lists they come from. */
export async function readChoices(tx: Tx, reach: Reach) {
  const distinct = (name: string) =>
    sql.raw(`coalesce((array_agg(distinct ${name} order by ${name}) filter (where ${name} is not null))[1:200], '{}') as`);
  const { rows } = await sql<{ segments: string[]; countries: string[]; languages: string[]; currencies: string[] }>`
    select ${distinct("segment")} segments, ${distinct("country")} countries, ${distinct("language")} languages, ${distinct("currency")} currencies
    from (select c.segment, c.country::text, c.language, c.currency::text from customers.customer c
      where ${within(reach)} limit ${CHOICES_FROM_CUSTOMERS_MAX}) reached`.execute(tx);
  const branches = await sql<{ unitId: string; code: string; name: string }>`
    select unit_id as "unitId", code, name from governance.organisation_unit
    where kind = 'branch' and (${reach.wholeBank} or unit_id = any (${reach.unitIds}::uuid[])) order by code limit ${CHOICES_MAX}`.execute(
    tx,
  );
  const portfolios = await sql<{ portfolioId: string; code: string; name: string; ownerName: string | null }>`
    select p.portfolio_id as "portfolioId", p.code, p.name, u.display_name as "ownerName"
    from governance.portfolio p left join governance.app_user u on u.user_id = p.owner_user_id
    where ${reach.wholeBank} or p.unit_id = any (${reach.unitIds}::uuid[]) or p.portfolio_id = any (${reach.portfolioIds}::uuid[])
    order by p.code limit ${CHOICES_MAX}`.execute(tx);
  const codes = rows[0] ?? { segments: [], countries: [], languages: [], currencies: [] };
  return { ...codes, branches: branches.rows, portfolios: portfolios.rows };
}

export interface FoundCustomer extends CustomerSummary {
  readonly own: boolean;
}

/** Candidates for ranking, at most `rows`: the definer function finds within the caller's reach, the policy on customer decides again. */
export async function findCustomers(tx: Tx, query: string, rows: number): Promise<FoundCustomer[]> {
  const { rows: found } = await sql<FoundCustomer>`
    select ${summaryColumns}, f.own
    from (select customer_id, bool_or(own) as own from customers.find_customers(${query}::tsquery, ${rows}::int) group by customer_id) f
      join customers.customer c using (customer_id)
    limit ${rows}`.execute(tx);
  return found;
}

/** Numbers and ids of customers, for holders of audit:read only. */
export async function findAudited(
  tx: Tx,
  numbers: readonly string[],
  ids: readonly string[],
): Promise<{ customerId: string; customerNo: string }[]> {
  const { rows } = await sql<{ customerId: string; customerNo: string }>`
    select customer_id as "customerId", customer_no as "customerNo" from customers.customers_for_audit(${numbers}::text[], ${ids}::uuid[]) limit 120`.execute(
    tx,
  );
  return rows;
}
