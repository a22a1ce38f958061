import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { SegmentCustomer, SegmentFilter } from "../segments/contract.ts";

const tag = "reports";

// ---------------------------------------------------------------- what a report asks

const key = z.string().regex(/^[a-z][a-z0-9_]{1,60}$/);

/** Counted as they are now, or what moved in whole months. */
export const ReportOver = z.enum(["now", "months"]);
export const ReportTake = z.enum(["count", "sum", "average", "share"]);
export type ReportTake = z.infer<typeof ReportTake>;

/** `customers`, or a fact (over now) or movement (over months), and what is made of it. readReportChoices says which there are for the caller; others are refused. */
export const ReportMeasure = z.strictObject({ of: key, take: ReportTake });
export type ReportMeasure = z.infer<typeof ReportMeasure>;

export const MEASURES_MAX = 4;
export const MONTHS_MAX = 24;

export const ReportDefinition = z.strictObject({
  over: ReportOver,
  measures: z.array(ReportMeasure).min(1).max(MEASURES_MAX),
  rows: key.nullable(),
  columns: key.nullable(),
  filter: SegmentFilter,
  /** Whole months looked at, up to the day of the facts; ignored over now. */
  months: z.int().min(1).max(MONTHS_MAX),
  /** Against the months just before, or those a year earlier; over now there is nothing to compare with. */
  compare: z.enum(["none", "previous", "year_before"]),
  show: z.enum(["table", "bars", "line"]),
});
export type ReportDefinition = z.infer<typeof ReportDefinition>;

// ---------------------------------------------------------------- what it answers

export const ROWS_MAX = 60;
export const COLUMNS_MAX = 24;

/** One group of a dimension. `key` null: unknown; `name` where the words are the bank's own (branches, regions, segments). */
export const ReportGroup = z.object({ key: z.string().nullable(), name: z.string().nullable() });
export type ReportGroup = z.infer<typeof ReportGroup>;

/** One number for each measure. `row` and `column` are places in `rows` and `columns`; null: all of them together. */
export const ReportFigure = z.object({
  row: z.int().nullable(),
  column: z.int().nullable(),
  /** How many customers are behind it; null: too few to say, for who may not see them. */
  customers: z.int().nullable(),
  /** Decimal strings: minor units, counts, shares of 1, days, years. null: nothing to say. */
  values: z.array(z.string().nullable()).max(MEASURES_MAX),
  /** The same of what it is compared with. */
  before: z.array(z.string().nullable()).max(MEASURES_MAX).nullable(),
});
export type ReportFigure = z.infer<typeof ReportFigure>;

export const ReportResult = z.object({
  /** The last day counted; null before the first refresh. */
  asOf: z.iso.date().nullable(),
  /** First day of the first month looked at, over months. */
  from: z.iso.date().nullable(),
  currency: z.string(),
  /** What the segments are called to whose customers the filter limits it, or whom it leaves out. */
  segments: z.array(z.string()).max(50),
  rows: z.array(ReportGroup).max(ROWS_MAX),
  columns: z.array(ReportGroup).max(COLUMNS_MAX),
  figures: z.array(ReportFigure).max((ROWS_MAX + 1) * (COLUMNS_MAX + 1)),
  /** There are more groups than are shown; the totals hold them. */
  cut: z.boolean(),
  /** A customer can be in several groups, so that these do not add up to the total. */
  overlaps: z.boolean(),
  /** Numbers of fewer than three customers, and what they could be told from, are left out. */
  masked: z.boolean(),
});
export type ReportResult = z.infer<typeof ReportResult>;

export const MeasureChoice = z.object({
  over: ReportOver,
  of: z.string(),
  kind: z.enum(["customers", "count", "money", "share", "number", "days", "ahead", "years", "flag"]),
  group: z.string(),
  months: z.int().nullable(),
  takes: z.array(ReportTake).max(4),
});
export type MeasureChoice = z.infer<typeof MeasureChoice>;

export const DimensionChoice = z.object({
  key: z.string(),
  kind: z.enum(["unit", "segment", "product", "years", "month", "code", "flag"]),
  codes: z.array(z.string()).max(200).nullable(),
  overlaps: z.boolean(),
});
export type DimensionChoice = z.infer<typeof DimensionChoice>;

export const ReportSummary = z.object({
  reportId: z.uuid(),
  /** One that Vinculo brings along: its words are `reports:builtIn.<key>`. */
  builtIn: z.string().nullable(),
  name: z.string(),
  note: z.string().nullable(),
  ownerName: z.string().nullable(),
  own: z.boolean(),
  shared: z.boolean(),
  version: z.int(),
  changedAt: z.iso.datetime({ offset: true }).nullable(),
  definition: ReportDefinition,
});
export type ReportSummary = z.infer<typeof ReportSummary>;

export const REPORTS_MAX = 200;
export const DASHBOARD_MAX = 12;
export const BEHIND_PAGE_ROWS = 50;

/** Several windows of one fact share its name: in_3m_minor is in_minor over three months. */
const baseOf = (of: string): string => of.replace(/_\d+m(?=_|$)/, "");

/** The messages that may say what something of a report is called; the first there is counts. */
export const wordKeys = {
  measure: (of: string): string[] => [`reports:measures.${of}`, `segments:facts.${baseOf(of)}`],
  dimension: (key: string): string[] => [`reports:dimensions.${key}`, `segments:facts.${baseOf(key)}`],
  group: (dimension: string, key: string): string[] => {
    const code = key.replaceAll(/[.: ]/g, "_");
    const lists: Readonly<Record<string, string>> = {
      ...{ segment: "customers:codes.segment", industry: "customers:codes.industry", marital_status: "customers:codes.marital" },
      ...{ next_product: "customers:codes.kind", next_offer: "customers:codes.kind", tier: "profit:tiers", product: "segments:facts" },
    };
    return [`segments:codes.${dimension}.${code}`, ...(lists[dimension] === undefined ? [] : [`${lists[dimension]}.${code}`])];
  },
} as const;

const params = z.strictObject({ reportId: z.uuid() });
const wish = { name: z.string().trim().min(1).max(100), note: z.string().trim().min(1).max(1000).nullable(), shared: z.boolean() };

/** Which number: the keys of its row and column. Absent: all of them together. */
export const ReportPlace = z.strictObject({
  row: z.string().max(200).nullable().optional(),
  column: z.string().max(200).nullable().optional(),
});
export type ReportPlace = z.infer<typeof ReportPlace>;

export const readReportChoices = endpoint({
  name: "readReportChoices",
  tag,
  method: "GET",
  path: "/api/reports/choices",
  summary: "What a report of the caller can count and by what",
  access: "report:read",
  answer: z.object({
    measures: z.array(MeasureChoice).max(400),
    dimensions: z.array(DimensionChoice).max(100),
    currency: z.string(),
    asOf: z.iso.date().nullable(),
  }),
});

export const listReports = endpoint({
  name: "listReports",
  tag,
  method: "GET",
  path: "/api/reports",
  summary: "The reports Vinculo brings along, the caller's own, and those others share, as far as the caller may see all they ask about",
  access: "report:read",
  answer: z.object({ reports: z.array(ReportSummary).max(REPORTS_MAX + 50) }),
});

export const runReport = endpoint({
  name: "runReport",
  pace: "report",
  tag,
  method: "POST",
  path: "/api/reports/run",
  summary: "The figures of a report, of the customers the caller sees at this moment",
  access: "report:read",
  body: z.strictObject({ definition: ReportDefinition }),
  answer: ReportResult,
});

const BehindCursor = z.strictObject({ value: z.string().regex(/^-?\d{1,30}(\.\d{1,20})?$/), customerId: z.uuid() });

export const listReportCustomers = endpoint({
  name: "listReportCustomers",
  pace: "report",
  tag,
  method: "POST",
  path: "/api/reports/customers",
  summary: "The customers behind a number, those first of whom most of the first measure comes; as many as the number was made of",
  access: "customer:read",
  body: z.strictObject({ definition: ReportDefinition, place: ReportPlace, after: BehindCursor.optional() }),
  answer: z.object({
    customers: z.array(SegmentCustomer.extend({ values: z.array(z.string().nullable()).max(MEASURES_MAX) })).max(BEHIND_PAGE_ROWS),
    next: BehindCursor.nullable(),
  }),
});

export const exportReport = endpoint({
  name: "exportReport",
  tag,
  method: "POST",
  path: "/api/reports/export",
  summary: "The figures of a report as a file; its lines count in the budget of rows",
  access: "customer:export",
  body: z.strictObject({ definition: ReportDefinition, format: z.enum(["csv", "xlsx"]) }),
  answerKind: "file",
  errors: ["limit_reached", "step_up_needed", "too_large"],
});

export const createReport = endpoint({
  name: "createReport",
  tag,
  method: "POST",
  path: "/api/reports",
  summary: "Keeps a report",
  access: "report:write",
  body: z.strictObject({ ...wish, definition: ReportDefinition }),
  answer: z.object({ reportId: z.uuid() }),
  errors: ["limit_reached"],
  idempotent: true,
});

export const readReport = endpoint({
  name: "readReport",
  tag,
  method: "GET",
  path: "/api/reports/:reportId",
  summary: "One report",
  access: "report:read",
  params,
  answer: ReportSummary,
  errors: ["not_found"],
});

export const changeReport = endpoint({
  name: "changeReport",
  tag,
  method: "PUT",
  path: "/api/reports/:reportId",
  summary: "A new version of an own report",
  access: "report:write",
  params,
  body: z.strictObject({ ...wish, version: z.int().min(1), definition: ReportDefinition }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict"],
});

export const archiveReport = endpoint({
  name: "archiveReport",
  tag,
  method: "DELETE",
  path: "/api/reports/:reportId",
  summary: "Puts an own report away",
  access: "report:write",
  params,
  answerKind: "none",
  errors: ["not_found"],
});

// ---------------------------------------------------------------- dashboards

const reportIds = z.array(z.uuid()).max(DASHBOARD_MAX);

export const readDashboard = endpoint({
  name: "readDashboard",
  tag,
  method: "GET",
  path: "/api/reports/dashboard",
  summary: "The reports the caller begins with: their own choice, or that of their roles; only those they may see",
  access: "report:read",
  answer: z.object({
    own: z.boolean(),
    reports: z.array(ReportSummary).max(DASHBOARD_MAX),
    /** Roles whose beginning the caller may settle. */
    roles: z.array(z.string()).max(60),
  }),
});

export const saveDashboard = endpoint({
  name: "saveDashboard",
  tag,
  method: "PUT",
  path: "/api/reports/dashboard",
  summary: "Settles the reports and their order: the caller's own, or what a role begins with",
  access: "report:read",
  body: z.strictObject({
    roleId: z
      .string()
      .regex(/^[a-z][a-z0-9_]{1,60}$/)
      .nullable(),
    reportIds,
  }),
  answerKind: "none",
  errors: ["not_found"],
});

export const dropDashboard = endpoint({
  name: "dropDashboard",
  tag,
  method: "DELETE",
  path: "/api/reports/dashboard",
  summary: "Goes back from an own choice to that of the roles",
  access: "report:read",
  answerKind: "none",
});

// ---------------------------------------------------------------- by mail

export const MailEvery = z.enum(["day", "week", "month"]);
export type MailEvery = z.infer<typeof MailEvery>;

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format(0) !== "";
  } catch {
    return false;
  }
}

/** How often, and at which hour of which time zone (IANA). */
export const MailTime = z.strictObject({
  every: MailEvery,
  hour: z.int().min(0).max(23).default(6),
  zone: z.string().max(60).refine(isZone).default("UTC"),
});
export type MailTime = z.infer<typeof MailTime>;

export const readReportMail = endpoint({
  name: "readReportMail",
  tag,
  method: "GET",
  path: "/api/reports/:reportId/mail",
  summary: "Whether and when the caller gets the report by mail",
  access: "report:read",
  params,
  answer: z.object({
    /** Whether the bank has a mail server set up. */
    ready: z.boolean(),
    /** Where it would go; null: no address of the caller is known. */
    email: z.string().nullable(),
    every: MailEvery.nullable(),
    hour: z.int(),
    zone: z.string(),
    nextAt: z.iso.datetime({ offset: true }).nullable(),
    sentAt: z.iso.datetime({ offset: true }).nullable(),
    /** Why the last one did not go out. */
    failure: z.string().nullable(),
  }),
  errors: ["not_found"],
});

export const orderReportMail = endpoint({
  name: "orderReportMail",
  tag,
  method: "PUT",
  path: "/api/reports/:reportId/mail",
  summary: "Has the report sent to the caller, computed each time with the rights they have then",
  access: "report:read",
  from: "browser",
  params,
  body: MailTime,
  answerKind: "none",
  errors: ["not_found", "limit_reached", "invalid_state"],
});

export const endReportMail = endpoint({
  name: "endReportMail",
  tag,
  method: "DELETE",
  path: "/api/reports/:reportId/mail",
  summary: "Has it sent no more",
  access: "report:read",
  params,
  answerKind: "none",
});
