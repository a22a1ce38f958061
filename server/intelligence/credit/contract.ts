import { z } from "zod";
import { CustomerParams } from "../../customers/overview/contract.ts";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";
import { ExposureKind } from "./policy/contract.ts";

const tag = "credit";

/** All amounts are minor units of the bank's reporting currency, unless a currency stands beside them. */
export const Reason = z.object({
  characteristic: z.enum([
    "daysPastDue",
    "missedPayments",
    "debtService",
    "cushion",
    "liquidity",
    "lowestBalance",
    "incomeShare",
    "incomeTrend",
    "cashShare",
    "utilisation",
    "repaidShare",
    "tenureYears",
  ]),
  value: z.number().nullable(),
  points: z.number(),
  /** Points short of the best answer. */
  lost: z.number(),
});

export const Rating = z.object({
  ratedOn: z.iso.date(),
  /** By the scorecard; by days past due alone (no model yet, or the customer objects to profiling); or in default. */
  basis: z.enum(["scorecard", "arrears", "default"]),
  points: z.number().nullable(),
  /** Of default within twelve months, 0 to 1. */
  probability: z.number(),
  challengerProbability: z.number().nullable(),
  band: z.string(),
  bandBefore: z.string().nullable(),
  daysPastDue: z.int(),
  drawnMinor: MinorUnits,
  committedMinor: MinorUnits,
  defaultMinor: MinorUnits,
  expectedLossMinor: MinorUnits,
  parts: z.array(Reason).max(40),
});

export const Exposure = z.object({
  holdingId: z.uuid(),
  kind: ExposureKind,
  productName: z.string().nullable(),
  currency: z.string(),
  daysPastDue: z.int(),
  drawnMinor: MinorUnits,
  limitMinor: MinorUnits,
  defaultMinor: MinorUnits,
  lossGivenDefault: z.number(),
  expectedLossMinor: MinorUnits,
});

/** Committed against the limit. `own`: set for this one; else the policy's for everybody. */
const Limit = z.object({
  amountMinor: MinorUnits,
  own: z.boolean(),
  validUntil: z.iso.date().nullable(),
  committedMinor: MinorUnits,
  breached: z.boolean(),
});

export const alertKinds = ["limit_breached", "group_limit_breached", "watched", "band_worsened"] as const;
export const watchRules = ["arrears", "limit", "band", "worsened", "utilisation", "salary_stopped"] as const;

export const Watch = z.object({
  watchId: z.uuid(),
  partyId: z.uuid(),
  rule: z.enum(watchRules).nullable(),
  reason: z.string().nullable(),
  enteredByName: z.string().nullable(),
  enteredAt: Instant,
  reviewOn: z.iso.date(),
  actions: z.string(),
  reviewedByName: z.string().nullable(),
  reviewedAt: Instant.nullable(),
  leftByName: z.string().nullable(),
  leftAt: Instant.nullable(),
  leftReason: z.string().nullable(),
  version: z.int(),
});
export type Watch = z.infer<typeof Watch>;

export const GROUP_MEMBERS_MAX = 200;
const EXPOSURES_MAX = 200;
export const HISTORY_MONTHS_MAX = 36;

export const readCustomerRisk = endpoint({
  name: "readCustomerRisk",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/risk",
  summary: "Rating with points and reasons, exposures, limits, connected customers and watch list of one customer",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    currency: z.string(),
    /** null: owes nothing and may not draw anything. */
    rating: Rating.nullable(),
    bands: z.array(z.string()).max(25),
    history: z.array(z.object({ month: z.iso.date(), band: z.string(), probability: z.number() })).max(HISTORY_MONTHS_MAX),
    exposures: z.array(Exposure).max(EXPOSURES_MAX),
    limit: Limit,
    /** As far as the caller sees its members; null: connected with nobody. */
    group: z
      .object({
        members: z.array(z.object({ customerId: z.uuid(), fullName: z.string(), committedMinor: MinorUnits })).max(GROUP_MEMBERS_MAX),
        limit: Limit,
      })
      .nullable(),
    watch: z.array(Watch).max(20),
    alerts: z.array(z.object({ alertId: z.uuid(), kind: z.enum(alertKinds), openedAt: Instant, seenAt: Instant.nullable() })).max(20),
  }),
  errors: ["not_found"],
});

export const setCreditLimit = endpoint({
  name: "setCreditLimit",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/credit-limits",
  summary: "Sets what a customer, or the group the customer belongs to, may owe; needs a proof",
  access: "credit:manage",
  params: CustomerParams,
  body: z.strictObject({
    scope: z.enum(["customer", "group"]),
    amountMinor: MinorUnits,
    validUntil: z.iso.date().optional(),
    reason: z.string().trim().min(3).max(500),
  }),
  answer: z.object({ limitId: z.uuid() }),
  errors: ["not_found", "invalid_state", "step_up_needed"],
});

export const watchCustomer = endpoint({
  name: "watchCustomer",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/watch",
  summary: "Puts a customer on the watch list",
  access: "credit:manage",
  params: CustomerParams,
  body: z.strictObject({
    reason: z.string().trim().min(3).max(500),
    reviewOn: z.iso.date(),
    actions: z.string().trim().max(2000).default(""),
  }),
  answer: z.object({ watchId: z.uuid() }),
  errors: ["not_found", "conflict", "invalid_input"],
});

const WatchParams = z.strictObject({ partyId: z.uuid(), watchId: z.uuid() });

export const reviewWatch = endpoint({
  name: "reviewWatch",
  tag,
  method: "POST",
  path: "/api/credit/watch/:partyId/:watchId/reviews",
  summary: "Writes down that a watched customer was looked at, what is done, and when the next look is due",
  access: "credit:manage",
  params: WatchParams,
  body: z.strictObject({ reviewOn: z.iso.date(), actions: z.string().trim().max(2000), version: z.int() }),
  answer: z.object({ version: z.int() }),
  errors: ["not_found", "conflict", "invalid_state", "invalid_input"],
});

export const leaveWatch = endpoint({
  name: "leaveWatch",
  tag,
  method: "POST",
  path: "/api/credit/watch/:partyId/:watchId/leave",
  summary: "Takes a customer off the watch list",
  access: "credit:manage",
  params: WatchParams,
  body: z.strictObject({ reason: z.string().trim().min(3).max(500), version: z.int() }),
  answerKind: "none",
  errors: ["not_found", "conflict", "invalid_state"],
});

export const WATCHED_ROWS_MAX = 200;

export const Watched = Watch.extend({
  customerId: z.uuid(),
  fullName: z.string(),
  customerNo: z.string(),
  branchName: z.string().nullable(),
  band: z.string().nullable(),
  daysPastDue: z.int().nullable(),
  drawnMinor: MinorUnits.nullable(),
  expectedLossMinor: MinorUnits.nullable(),
});

export const listWatched = endpoint({
  name: "listWatched",
  tag,
  method: "GET",
  path: "/api/credit/watch",
  summary: "The watch list, the next review first; or those who left it, the last first",
  access: "credit:read",
  query: z.strictObject({ left: z.stringbool().default(false), overdue: z.stringbool().default(false) }),
  answer: z.object({ currency: z.string(), today: z.iso.date(), watched: z.array(Watched).max(WATCHED_ROWS_MAX), more: z.boolean() }),
});

export const ALERTS_MAX = 50;

export const listCreditAlerts = endpoint({
  name: "listCreditAlerts",
  tag,
  method: "GET",
  path: "/api/credit/alerts",
  summary: "Open alerts of the customers in the caller's portfolios that were not seen yet, the newest first",
  access: "customer:read",
  answer: z.object({
    alerts: z
      .array(
        z.object({
          partyId: z.uuid(),
          alertId: z.uuid(),
          kind: z.enum(alertKinds),
          customerId: z.uuid(),
          fullName: z.string(),
          band: z.string().nullable(),
          daysPastDue: z.int().nullable(),
          openedAt: Instant,
        }),
      )
      .max(ALERTS_MAX),
  }),
});

export const seeCreditAlert = endpoint({
  name: "seeCreditAlert",
  tag,
  method: "POST",
  path: "/api/credit/alerts/:partyId/:alertId/seen",
  summary: "Takes an alert off one's list; it goes on while its matter lasts",
  access: "customer:read",
  params: z.strictObject({ partyId: z.uuid(), alertId: z.uuid() }),
  answerKind: "none",
  errors: ["not_found"],
});
