import { z } from "zod";
import { LatestApproval, Outcome } from "../../../governance/approvals/contract.ts";
import { Instant } from "../../../platform/clock/contract.ts";
import { endpoint } from "../../../platform/http/contract.ts";

export const exposureKinds = ["loan", "mortgage", "credit_line", "card", "overdraft"] as const;
export const ExposureKind = z.enum(exposureKinds);
export type ExposureKind = z.infer<typeof ExposureKind>;

const share = z.number().min(0).max(1);
const byKind = z.strictObject({ loan: share, mortgage: share, credit_line: share, card: share, overdraft: share });
/** Minor units of the reporting currency; whole, and small enough to be exact. */
const amount = z.int().min(0).max(1e15);

const rising = (steps: readonly { readonly at: number }[]): boolean =>
  steps.every((step, place) => place === 0 || step.at > (steps[place - 1]?.at ?? Infinity));

/** How a bank measures and judges credit and market risk: one versioned document. Chances are within twelve months. */
export const CreditPolicy = z.strictObject({
  /** Share of the exposure lost in a default, without collateral named. */
  lossGivenDefault: byKind,
  /** What is lost at least, however good the collateral. */
  lossFloor: share,
  /** What collateral is expected to fetch less than its value. */
  collateralHaircut: share,
  /** Share of what is not drawn yet that is drawn before a default. */
  conversion: byKind,
  /** Days past due from which an exposure is in default. */
  defaultDays: z.int().min(30).max(180),
  /** A chance at most `upTo` is in the band; the last is that of customers in default. */
  bands: z
    .array(z.strictObject({ code: z.string().regex(/^[A-Z0-9+-]{1,4}$/), upTo: share }))
    .min(3)
    .max(25)
    .refine((bands) => rising(bands.map(({ upTo }) => ({ at: upTo }))) && bands.at(-1)?.upTo === 1, "bands rise, and the last reaches 1"),
  /** The chance by days past due alone: for banks without enough defaults to learn from, and what a model has to beat. */
  arrears: z
    .array(z.strictObject({ days: z.int().min(0).max(180), probability: share }))
    .min(1)
    .max(10)
    .refine((steps) => rising(steps.map(({ days }) => ({ at: days }))), "days rise"),
  /** What a model learns to foresee: so many days past due within so many months. */
  learning: z.strictObject({
    eventDays: z.int().min(30).max(180),
    horizonMonths: z.int().min(3).max(12),
    eventsMin: z.int().min(10).max(10_000),
  }),
  /** What is suggested on applications; a person decides. */
  suggestion: z.strictObject({ approveUpTo: share, declineFrom: share, debtServiceMax: z.number().min(0.05).max(1) }),
  /** What customers without a limit of their own may owe. */
  limits: z.strictObject({ person: amount, organisation: amount, group: amount }),
  watch: z.strictObject({
    arrearsDays: z.int().min(1).max(180),
    bandFrom: z.string(),
    /** Bands worse than three months ago. */
    notches: z.int().min(1).max(20),
    utilisation: z.number().min(0.1).max(2),
    salaryStopped: z.boolean(),
    reviewDays: z.int().min(1).max(365),
    /** For so long after somebody took a customer off the list, the same rule does not enter them again. */
    quietDays: z.int().min(0).max(365),
  }),
  market: z.strictObject({
    /** Parallel shifts of all rates, in hundredths of a percentage point. */
    rateShocks: z.array(z.int().min(-1000).max(1000)).min(1).max(8),
    /** One foreign currency against the customer's own, as a fraction. */
    currencyShocks: z.array(z.number().min(-0.9).max(3)).min(1).max(6),
    /** After so many months the rate of such accounts follows the market. */
    depositMonths: z.strictObject({ current_account: z.number().min(0).max(120), savings_account: z.number().min(0).max(120) }),
    revolvingMonths: z.number().min(0).max(120),
    scenarios: z
      .array(
        z.strictObject({
          code: z.string().regex(/^[a-z0-9_]{1,30}$/),
          name: z.string().min(1).max(80),
          rateBp: z.int().min(-2000).max(2000),
          currencies: z.record(z.string().length(3), z.number().min(-0.95).max(5)),
        }),
      )
      .max(20),
  }),
});
export type CreditPolicy = z.infer<typeof CreditPolicy>;

const PolicyVersion = z.object({
  version: z.int(),
  policy: CreditPolicy,
  state: z.enum(["proposed", "in_force", "replaced"]),
  reason: z.string(),
  proposedByName: z.string().nullable(),
  proposedAt: Instant,
  inForceAt: Instant.nullable(),
  /** Where the request to put it in force stands; null: of the product's own first version. */
  approval: LatestApproval.nullable(),
});

export const listCreditPolicies = endpoint({
  name: "listCreditPolicies",
  tag: "credit",
  method: "GET",
  path: "/api/credit/policies",
  summary: "How risk is measured and judged: the newest versions first",
  access: "credit:read",
  answer: z.object({ versions: z.array(PolicyVersion).max(50) }),
});

export const proposeCreditPolicy = endpoint({
  name: "proposeCreditPolicy",
  tag: "credit",
  method: "POST",
  path: "/api/credit/policies",
  summary: "Proposes a new version; somebody else puts it in force",
  access: "credit:manage",
  body: z.strictObject({ policy: CreditPolicy, reason: z.string().trim().min(3).max(500) }),
  answer: Outcome.extend({ version: z.int() }),
  errors: ["conflict", "invalid_input"],
});
