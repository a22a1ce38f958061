import { z } from "zod";
import { CustomerParams } from "../../customers/overview/contract.ts";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";
import { ProfitParameters } from "../value/contract.ts";

const tag = "profitability";

/** In the order of a waterfall; `capital_charge` leads from profit to economic profit. */
export const Parts = z.object({
  asset_margin: MinorUnits,
  deposit_margin: MinorUnits,
  fees: MinorUnits,
  interchange: MinorUnits,
  exchange_margin: MinorUnits,
  activity_cost: MinorUnits,
  expected_loss: MinorUnits,
  acquisition_cost: MinorUnits,
  capital_charge: MinorUnits,
});
export type Parts = z.infer<typeof Parts>;

export const measures = ["profit", "economic"] as const;
const Measure = z.enum(measures);
const Month = z.iso.date();
const Name = z.string().min(1).max(100);

/** Which customers and months figures are of; without a month the last whole one. */
export const Slice = z.strictObject({
  month: Month.optional(),
  months: z.coerce.number().int().min(1).max(12).default(12),
  branchId: z.uuid().optional(),
  tier: Name.optional(),
  segment: Name.optional(),
  /** Only customers of this saved segment. */
  memberOf: z.uuid().optional(),
});
export type Slice = z.infer<typeof Slice>;

const Group = z.object({ customers: z.int(), parts: Parts });
export const GROUPS_MAX = 500;

export const readProfit = endpoint({
  name: "readProfit",
  tag,
  method: "GET",
  path: "/api/profit",
  summary: "Profit of the customers the caller sees: parts, whale curve, and by branch, product, tier and segment",
  access: "profit:read",
  query: z.strictObject({ ...Slice.shape, measure: Measure.default("profit") }),
  answer: z.object({
    currency: z.string(),
    /** Last month of the figures; null while nothing was reckoned yet. */
    month: Month.nullable(),
    months: z.array(Month).max(36),
    customers: z.int(),
    parts: Parts,
    /** Holdings in a currency that has no rate: nothing of them counts. */
    unpriced: z.int(),
    curve: z.object({
      totalMinor: MinorUnits,
      /** Shares of customers and of the total profit, best first. */
      points: z.array(z.object({ customers: z.number(), profit: z.number() })).max(201),
      topFifth: z.number().nullable(),
      eightyPercentAt: z.number().nullable(),
      peak: z.object({ customers: z.number(), profit: z.number() }).nullable(),
      gini: z.number().nullable(),
      destroyers: z.object({ customers: z.int(), lossMinor: MinorUnits }),
    }),
    branches: z.array(z.object({ branchId: z.uuid().nullable(), name: z.string().nullable(), ...Group.shape })).max(GROUPS_MAX),
    tiers: z.array(z.object({ name: z.string().nullable(), ...Group.shape })).max(20),
    segments: z.array(z.object({ name: z.string(), ...Group.shape })).max(GROUPS_MAX),
    products: z.array(z.object({ name: z.string(), holdings: z.int(), parts: Parts })).max(20),
  }),
});

export const CURVE_ROWS_MAX = 100;

export const ValuedCustomer = z.object({
  customerId: z.uuid(),
  customerNo: z.string(),
  fullName: z.string(),
  latinName: z.string().nullable(),
  language: z.string().nullable(),
  kind: z.enum(["person", "organisation"]),
  branchName: z.string().nullable(),
  segment: z.string().nullable(),
  tier: z.string().nullable(),
  profitMinor: MinorUnits,
  economicMinor: MinorUnits,
  volumeMinor: MinorUnits,
  /** Place on the curve, 1 the best. */
  place: z.int(),
});
export type ValuedCustomer = z.infer<typeof ValuedCustomer>;

export const listProfitCustomers = endpoint({
  name: "listProfitCustomers",
  tag,
  method: "GET",
  path: "/api/profit/customers",
  summary: "The customers behind a stretch of the whale curve, in its order; from the worst end for those who cost more than they bring",
  access: "profit:read",
  query: z.strictObject({
    ...Slice.shape,
    measure: Measure.default("profit"),
    /** Shares of customers, 0 to 1, best first. */
    from: z.coerce.number().min(0).max(1).default(0),
    to: z.coerce.number().min(0).max(1).default(1),
    order: z.enum(["best", "worst"]).default("best"),
    /** `place` of the last row of the page before. */
    after: z.coerce.number().int().min(1).optional(),
    rows: z.coerce.number().int().min(1).max(CURVE_ROWS_MAX).default(50),
  }),
  answer: z.object({ currency: z.string(), customers: z.array(ValuedCustomer).max(CURVE_ROWS_MAX), next: z.int().nullable() }),
});

export const TierReason = z.object({
  code: z.enum([
    "value_reached",
    "volume_reached",
    "within_tolerance",
    "grace",
    "too_recent",
    "bad_reputation",
    "appeal",
    "no_threshold_reached",
  ]),
  actualMinor: z.number().optional(),
  neededMinor: z.number().optional(),
  belowCount: z.int().optional(),
  since: z.string().optional(),
  monthsMin: z.int().optional(),
  cap: z.string().optional(),
  until: z.string().optional(),
});

export type TierReason = z.infer<typeof TierReason>;

const Appeal = z.object({
  appealId: z.uuid(),
  customerId: z.uuid(),
  customerNo: z.string(),
  fullName: z.string(),
  language: z.string().nullable(),
  /** As it is now; null while none was decided. */
  currentTier: z.string().nullable(),
  tier: z.string(),
  reason: z.string(),
  state: z.enum(["asked", "granted", "refused"]),
  askedByName: z.string(),
  isOwn: z.boolean(),
  askedAt: Instant,
  until: z.iso.date().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  note: z.string().nullable(),
});
export type Appeal = z.infer<typeof Appeal>;

const TierMove = z.object({
  fromTier: z.string().nullable(),
  toTier: z.string(),
  move: z.enum(["first", "rise", "fall"]),
  onDay: z.iso.date(),
  reasons: z.array(TierReason).max(5),
});

export type TierMove = z.infer<typeof TierMove>;

export const MONTHS_MAX = 24;

export const readCustomerValue = endpoint({
  name: "readCustomerValue",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/value",
  summary:
    "What a customer is worth: tier with its reasons, profit of twelve months by part, holding and month, lifetime value and potential",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    currency: z.string(),
    /** Last month of the figures; null while nothing was reckoned of this customer. */
    month: Month.nullable(),
    parts: Parts,
    volumeMinor: MinorUnits,
    unpriced: z.int(),
    rfm: z.object({ recency: z.int(), frequency: z.int(), margin: z.int() }).nullable(),
    lastOwnOn: z.iso.date().nullable(),
    lifetime: z
      .object({
        todayMinor: MinorUnits,
        paymentsMinor: MinorUnits,
        potentialMinor: MinorUnits,
        /** Chance to be a customer in twelve months, 0 to 1. */
        stays: z.number(),
        horizonMonths: z.int(),
      })
      .nullable(),
    tier: z.object({ name: z.string(), since: z.iso.date(), reasons: z.array(TierReason).max(5) }).nullable(),
    /** Names of the tiers there are, best first. */
    tiers: z.array(z.string()).max(8),
    moves: z.array(TierMove).max(50),
    appeals: z.array(Appeal).max(20),
    trend: z.array(z.object({ month: Month, profitMinor: MinorUnits, economicMinor: MinorUnits })).max(MONTHS_MAX),
    holdings: z
      .array(
        z.object({
          holdingId: z.uuid(),
          product: z.string(),
          productName: z.string().nullable(),
          number: z.string().nullable(),
          currency: z.string(),
          isPriced: z.boolean(),
          parts: Parts,
        }),
      )
      .max(200),
  }),
  errors: ["not_found"],
});

export const readOwnValue = endpoint({
  name: "readOwnValue",
  tag,
  method: "GET",
  path: "/api/profit/own",
  summary: "What the customers the caller looks after are worth, and whose tier or profit moved last month",
  access: "customer:read",
  answer: z.object({
    currency: z.string(),
    month: Month.nullable(),
    customers: z.int(),
    profitMinor: MinorUnits,
    economicMinor: MinorUnits,
    lifetimeMinor: MinorUnits,
    potentialMinor: MinorUnits,
    tiers: z.array(z.object({ name: z.string(), customers: z.int() })).max(8),
    movers: z
      .array(
        z.object({
          customerId: z.uuid(),
          customerNo: z.string(),
          fullName: z.string(),
          language: z.string().nullable(),
          fromTier: z.string().nullable(),
          toTier: z.string().nullable(),
          onDay: z.iso.date().nullable(),
          /** Profit of the last three months against the three before. */
          changeMinor: MinorUnits,
        }),
      )
      .max(8),
  }),
});

// ---------------------------------------------------------------- tiers

export const readTiers = endpoint({
  name: "readTiers",
  tag,
  method: "GET",
  path: "/api/profit/tiers",
  summary: "The rules of tiers, how the customers the caller sees lie in them, and how many rose and fell in each month",
  access: "profit:read",
  answer: z.object({
    currency: z.string(),
    rules: ProfitParameters.shape.tierRules.nullable(),
    versionNo: z.int().nullable(),
    tiers: z
      .array(z.object({ name: z.string(), customers: z.int(), profitMinor: MinorUnits, volumeMinor: MinorUnits, atRisk: z.int() }))
      .max(20),
    months: z.array(z.object({ month: Month, rises: z.int(), falls: z.int() })).max(MONTHS_MAX),
  }),
});

export const MOVES_ROWS_MAX = 100;

export const listTierMoves = endpoint({
  name: "listTierMoves",
  tag,
  method: "GET",
  path: "/api/profit/tiers/moves",
  summary: "Customers who rose or fell, newest first",
  access: "profit:read",
  query: z.strictObject({
    move: z.enum(["rise", "fall"]).optional(),
    after: z.string().max(60).optional(),
    rows: z.coerce.number().int().min(1).max(MOVES_ROWS_MAX).default(50),
  }),
  answer: z.object({
    moves: z
      .array(
        z.object({
          ...{ moveId: z.uuid(), customerId: z.uuid(), customerNo: z.string(), fullName: z.string(), language: z.string().nullable() },
          ...TierMove.shape,
        }),
      )
      .max(MOVES_ROWS_MAX),
    next: z.string().nullable(),
  }),
});

export const appealTier = endpoint({
  name: "appealTier",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/tier-appeals",
  summary: "Ask that a customer be given another tier, with the reason; somebody else decides",
  access: "value:dispute",
  params: CustomerParams,
  body: z.strictObject({ tier: Name, reason: z.string().trim().min(10).max(500) }),
  answer: z.object({ appealId: z.uuid() }),
  errors: ["not_found", "invalid_state", "conflict"],
});

export const APPEALS_MAX = 200;

export const listAppeals = endpoint({
  name: "listAppeals",
  tag,
  method: "GET",
  path: "/api/profit/appeals",
  summary: "Appeals against tiers, those that wait first",
  access: "profit:read",
  answer: z.object({ appeals: z.array(Appeal).max(APPEALS_MAX), canDecide: z.boolean() }),
});

export const decideAppeal = endpoint({
  name: "decideAppeal",
  tag,
  method: "POST",
  path: "/api/profit/appeals/:appealId/decide",
  summary: "Grant the tier asked for, for the months the rules say, or refuse it; not for one's own appeal",
  access: "profit:manage",
  params: z.strictObject({ appealId: z.uuid() }),
  body: z.strictObject({ grant: z.boolean(), note: z.string().trim().min(3).max(500) }),
  answerKind: "none",
  errors: ["not_found", "invalid_state", "step_up_needed"],
});
