import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";

export const CustomerKind = z.enum(["person", "organisation"]);

export const UnitName = z.object({ unitId: z.uuid(), code: z.string(), name: z.string() });
export const PortfolioName = z.object({ portfolioId: z.uuid(), code: z.string(), name: z.string(), ownerName: z.string().nullable() });

export const CustomerSummary = z.object({
  customerId: z.uuid(),
  customerNo: z.string(),
  kind: CustomerKind,
  fullName: z.string(),
  latinName: z.string().nullable(),
  language: z.string().nullable(),
  segment: z.string().nullable(),
  bornOn: z.iso.date().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  branch: UnitName.nullable(),
  portfolio: PortfolioName.nullable(),
  /** The currency most of the customer's holdings are in; the totals are in it. */
  currency: z.string().nullable(),
  assetsMinor: MinorUnits,
  debtsMinor: MinorUnits,
  /** There are holdings in other currencies, which the totals leave out. */
  otherCurrencies: z.boolean(),
  holdingCount: z.int(),
  customerSince: z.iso.date().nullable(),
  lastTransactionOn: z.iso.date().nullable(),
  /** Owner or joint owner of something that is in arrears or in default. */
  inArrears: z.boolean(),
  deceasedOn: z.iso.date().nullable(),
});
export type CustomerSummary = z.infer<typeof CustomerSummary>;

// ---------------------------------------------------------------- list

const text = z.string().trim().min(1).max(100);
const codes = z.array(z.string().max(60)).min(1).max(50);
const day = z.iso.date();
const amount = z.string().regex(/^-?\d{1,18}$/);

/** `name` is searched like the search box does: words or their beginnings, in any script. Every condition a list can be filtered by: the field decides the operators. Fields that a role may not see do not exist here. */
export const Condition = z.discriminatedUnion("field", [
  z.strictObject({ field: z.literal("name"), operator: z.enum(["contains"]), value: text }),
  z.strictObject({ field: z.literal("city"), operator: z.enum(["is", "starts_with"]), value: text }),
  z.strictObject({ field: z.literal("kind"), operator: z.enum(["is"]), value: CustomerKind }),
  z.strictObject({ field: z.literal("segment"), operator: z.enum(["is_one_of", "is_none_of"]), value: codes }),
  z.strictObject({ field: z.literal("country"), operator: z.enum(["is_one_of", "is_none_of"]), value: codes }),
  z.strictObject({ field: z.literal("language"), operator: z.enum(["is_one_of", "is_none_of"]), value: codes }),
  z.strictObject({ field: z.literal("currency"), operator: z.enum(["is_one_of", "is_none_of"]), value: codes }),
  z.strictObject({ field: z.literal("branch"), operator: z.enum(["is_one_of", "is_none_of"]), value: z.array(z.uuid()).min(1).max(50) }),
  z.strictObject({ field: z.literal("portfolio"), operator: z.enum(["is_one_of", "is_none_of"]), value: z.array(z.uuid()).min(1).max(50) }),
  z.strictObject({ field: z.literal("holding"), operator: z.enum(["has", "has_not"]), value: z.string().max(40) }),
  z.strictObject({ field: z.literal("bornOn"), operator: z.enum(["before", "after", "on"]), value: day }),
  z.strictObject({ field: z.literal("birthday"), operator: z.enum(["within_days"]), value: z.int().min(0).max(366) }),
  z.strictObject({ field: z.literal("customerSince"), operator: z.enum(["before", "after", "on"]), value: day }),
  z.strictObject({ field: z.literal("lastTransactionOn"), operator: z.enum(["before", "after", "on"]), value: day }),
  z.strictObject({ field: z.literal("quietDays"), operator: z.enum(["at_least"]), value: z.int().min(1).max(3650) }),
  z.strictObject({ field: z.literal("assets"), operator: z.enum(["at_least", "at_most"]), value: amount, currency: z.string().length(3) }),
  z.strictObject({ field: z.literal("debts"), operator: z.enum(["at_least", "at_most"]), value: amount, currency: z.string().length(3) }),
  z.strictObject({ field: z.literal("arrears"), operator: z.enum(["is", "is_not"]) }),
  z.strictObject({ field: z.literal("phone"), operator: z.enum(["is_known", "is_unknown"]) }),
  z.strictObject({ field: z.literal("email"), operator: z.enum(["is_known", "is_unknown"]) }),
  /** In one of these groups that another area keeps (saved segments), or in none. One that is not there for the caller is refused: `detail.reason` is `group_gone`, `detail.groups` says which. */
  z.strictObject({ field: z.literal("member"), operator: z.enum(["is_one_of", "is_none_of"]), value: z.array(z.uuid()).min(1).max(50) }),
  /** In a portfolio of the caller's own. */
  z.strictObject({ field: z.literal("own"), operator: z.enum(["is", "is_not"]) }),
  /** These very customers, as far as the caller may see them. */
  z.strictObject({ field: z.literal("customer"), operator: z.enum(["is_one_of"]), value: z.array(z.uuid()).min(1).max(50) }),
]);
export type Condition = z.infer<typeof Condition>;

/** All (AND) or any (OR) of conditions and groups; at most three levels deep and 30 conditions in all. */
export type Filter = { match: "all" | "any"; conditions: (Condition | Filter)[] };
const level3 = z.strictObject({ match: z.enum(["all", "any"]), conditions: z.array(Condition).max(30) });
const level2 = z.strictObject({ match: z.enum(["all", "any"]), conditions: z.array(z.union([Condition, level3])).max(30) });
export const Filter = z.strictObject({ match: z.enum(["all", "any"]), conditions: z.array(z.union([Condition, level2])).max(30) });

export const CustomerSort = z.enum(["name", "assets", "debts", "customerSince", "lastTransactionOn"]);
export type CustomerSort = z.infer<typeof CustomerSort>;

/** In the query string as JSON text. */
const filterText = z
  .string()
  .max(8_000)
  .transform((value, context) => {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      context.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(Filter);

export const CUSTOMERS_PAGE_ROWS_MAX = 200;
/** Counts above this are estimates and say so. */
export const EXACT_COUNT_MAX = 10_000;

export const listCustomers = endpoint({
  name: "listCustomers",
  tag: "customers",
  method: "GET",
  path: "/api/customers",
  summary: "Customers the caller may see: filter, sort, page by keyset",
  access: "customer:read",
  personalQuery: ["filter", "after"],
  query: z.strictObject({
    filter: filterText.optional(),
    sort: CustomerSort.default("name"),
    direction: z.enum(["ascending", "descending"]).default("ascending"),
    /** `next` of the page before. */
    after: z.string().max(400).optional(),
    rows: z.coerce.number().int().min(1).max(CUSTOMERS_PAGE_ROWS_MAX).default(50),
  }),
  answer: z.object({ customers: z.array(CustomerSummary).max(CUSTOMERS_PAGE_ROWS_MAX), next: z.string().nullable() }),
});

export const countCustomers = endpoint({
  name: "countCustomers",
  tag: "customers",
  method: "GET",
  path: "/api/customers/count",
  summary: "How many customers fit the filter, and what they have and owe; above 10,000 an estimate without sums",
  access: "customer:read",
  personalQuery: ["filter"],
  query: z.strictObject({ filter: filterText.optional() }),
  answer: z.object({
    count: z.int(),
    exact: z.boolean(),
    /** By main currency, the most customers first; empty when the count is an estimate. */
    totals: z.array(z.object({ currency: z.string(), assetsMinor: MinorUnits, debtsMinor: MinorUnits })).max(50),
  }),
});

export const readFilterChoices = endpoint({
  name: "readFilterChoices",
  tag: "customers",
  method: "GET",
  path: "/api/customers/filter-choices",
  summary:
    "What the filters of the customers list offer: segments, countries, languages, currencies, branches, portfolios in the caller's reach",
  access: "customer:read",
  answer: z.object({
    segments: z.array(z.string()).max(200),
    countries: z.array(z.string()).max(300),
    languages: z.array(z.string()).max(100),
    currencies: z.array(z.string()).max(200),
    branches: z.array(UnitName).max(2_000),
    portfolios: z.array(PortfolioName).max(2_000),
  }),
});

// ---------------------------------------------------------------- search

export const SEARCH_ROWS_MAX = 50;

export const searchCustomers = endpoint({
  name: "searchCustomers",
  tag: "customers",
  method: "GET",
  path: "/api/customers/search",
  summary: "Find by part of a name in any script, phone, national id, account number or customer number",
  access: "customer:read",
  personalQuery: ["text"],
  query: z.strictObject({
    text: z.string().trim().min(1).max(200),
    rows: z.coerce.number().int().min(1).max(SEARCH_ROWS_MAX).default(20),
  }),
  answer: z.object({
    found: z
      .array(
        z.object({
          customer: CustomerSummary,
          matchedBy: z.enum(["name", "phone", "account", "identifier", "customer_number", "email", "source_key"]),
          /** In the caller's own portfolio. */
          own: z.boolean(),
        }),
      )
      .max(SEARCH_ROWS_MAX),
    /** More fit than are shown: type more. */
    more: z.boolean(),
    /** Latin letters alone, fewer than two: everything would fit. */
    tooShort: z.boolean(),
  }),
});

/** Numbers of customers and their ids, for who reads the trail: it names customers by id. */
export const findAuditedCustomers = endpoint({
  name: "findAuditedCustomers",
  tag: "audit",
  method: "GET",
  path: "/api/audit/customers",
  summary: "Which ids customer numbers stand for, and which numbers ids",
  access: "audit:read",
  personalQuery: ["number"],
  query: z.strictObject({ number: z.array(z.string().min(1).max(100)).max(20).optional(), id: z.array(z.uuid()).max(100).optional() }),
  answer: z.object({ customers: z.array(z.object({ customerId: z.uuid(), customerNo: z.string() })).max(120) }),
});
