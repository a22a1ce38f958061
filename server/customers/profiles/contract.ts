import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
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
});
export type CustomerSummary = z.infer<typeof CustomerSummary>;

// ---------------------------------------------------------------- list

const text = z.string().trim().min(1).max(100);
const codes = z.array(z.string().max(60)).min(1).max(50);
const day = z.iso.date();
const amount = z.string().regex(/^-?\d{1,18}$/);

/** Every condition a list can be filtered by: the field decides the operators. Fields that a role may not see do not exist here. */
export const Condition = z.discriminatedUnion("field", [
  z.strictObject({ field: z.literal("name"), operator: z.enum(["contains", "starts_with"]), value: text }),
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
  z.strictObject({ field: z.literal("phone"), operator: z.enum(["is_known", "is_unknown"]) }),
  z.strictObject({ field: z.literal("email"), operator: z.enum(["is_known", "is_unknown"]) }),
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
  summary: "How many customers fit the filter; above 10,000 an estimate",
  access: "customer:read",
  query: z.strictObject({ filter: filterText.optional() }),
  answer: z.object({ count: z.int(), exact: z.boolean() }),
});

export const readFilterChoices = endpoint({
  name: "readFilterChoices",
  tag: "customers",
  method: "GET",
  path: "/api/customers/filter-choices",
  summary: "What the filters of the customers list offer: segments, countries, languages, currencies, branches, portfolios in the caller's reach",
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

// ---------------------------------------------------------------- 360 degree view

const SourceName = z.object({ sourceId: z.int(), code: z.string(), name: z.string() });

/** One value of one party for an attribute, in the order the rule ranks them: place 1 is the golden value. */
export const CompetingValue = z.object({
  value: z.string(),
  partyId: z.uuid(),
  source: SourceName,
  changedAt: Instant,
  trust: z.int(),
  place: z.int(),
});

export const Attribute = z.object({
  attribute: z.string(),
  values: z.array(CompetingValue).max(50),
  /** The order of tests that decides, and the one that did: null when only one value, or only equal ones, compete. */
  strategy: z.array(z.enum(["trusted", "recent", "complete"])).max(3),
  decidedBy: z.enum(["trusted", "recent", "complete", "tie"]).nullable(),
});
export type Attribute = z.infer<typeof Attribute>;

export const ContactPoint = z.object({
  kind: z.enum(["phone", "email", "address", "messaging"]),
  purpose: z.string().nullable(),
  value: z.string(),
  normalised: z.string().nullable(),
  parts: z.record(z.string(), z.string().nullable()).nullable(),
  sources: z.array(SourceName).max(50),
  changedAt: Instant,
});

export const Identifier = z.object({
  scheme: z.string(),
  country: z.string().nullable(),
  last4: z.string(),
  verified: z.boolean(),
  expiresOn: z.iso.date().nullable(),
  sources: z.array(SourceName).max(50),
});

export const holdingKinds = [
  "current_account",
  "savings_account",
  "term_deposit",
  "loan",
  "mortgage",
  "credit_line",
  "card",
  "standing_order",
  "investment",
  "insurance",
] as const;

export const Holding = z.object({
  holdingId: z.uuid(),
  kind: z.enum(holdingKinds),
  class: z.enum(["asset", "debt", "service"]),
  role: z.string(),
  number: z.string().nullable(),
  productName: z.string().nullable(),
  currency: z.string(),
  status: z.string(),
  openedOn: z.iso.date().nullable(),
  maturesOn: z.iso.date().nullable(),
  closedOn: z.iso.date().nullable(),
  /** Principal, limit or amount of the order. */
  amountMinor: MinorUnits.nullable(),
  /** A year, as a fraction: 0.045 is 4.5 %. */
  rate: z.string().nullable(),
  balanceMinor: MinorUnits.nullable(),
  balanceOn: z.iso.date().nullable(),
  attachedTo: z.uuid().nullable(),
  source: SourceName,
  changedAt: Instant,
});

/** A record of a source that belongs to this customer, and why it does. */
export const LinkedRecord = z.object({
  partyId: z.uuid(),
  source: SourceName,
  sourceKey: z.string(),
  fullName: z.string(),
  changedAt: Instant,
  loadId: z.uuid().nullable(),
  lineNo: z.number().int().nullable(),
  decision: z.enum(["first", "same_source_key", "national_id", "registration"]),
  evidence: z.record(z.string(), z.unknown()),
  decidedAt: Instant,
});

export const CustomerView = z.object({
  customer: CustomerSummary.extend({
    givenName: z.string().nullable(),
    familyName: z.string().nullable(),
    sex: z.enum(["female", "male", "other"]).nullable(),
    nationality: z.string().nullable(),
    occupation: z.string().nullable(),
    industry: z.string().nullable(),
    legalForm: z.string().nullable(),
    maritalStatus: z.string().nullable(),
    deceasedOn: z.iso.date().nullable(),
    refreshedAt: Instant,
    version: z.int(),
  }),
  attributes: z.array(Attribute).max(40),
  contactPoints: z.array(ContactPoint).max(200),
  identifiers: z.array(Identifier).max(100),
  holdings: z.array(Holding).max(500),
  records: z.array(LinkedRecord).max(200),
  totals: z.array(z.object({ currency: z.string(), assetsMinor: MinorUnits, debtsMinor: MinorUnits, holdings: z.int() })).max(50),
});
export type CustomerView = z.infer<typeof CustomerView>;

export const CustomerParams = z.strictObject({ customerId: z.uuid() });

export const viewCustomer = endpoint({
  name: "viewCustomer",
  tag: "customers",
  method: "GET",
  path: "/api/customers/:customerId",
  summary: "The 360 degree view of one customer, with the origin of every value",
  access: "customer:read",
  params: CustomerParams,
  answer: CustomerView,
  errors: ["not_found"],
});

export const readSourceRecord = endpoint({
  name: "readSourceRecord",
  tag: "customers",
  method: "GET",
  path: "/api/customers/:customerId/records/:partyId",
  summary: "One linked record as its source delivered it, column by column",
  access: "customer:read",
  params: z.strictObject({ customerId: z.uuid(), partyId: z.uuid() }),
  answer: z.object({ columns: z.array(z.object({ name: z.string(), value: z.string().nullable() })).max(500) }),
  errors: ["not_found"],
});
