import { z } from "zod";
import { CustomerParams } from "../../../customers/overview/contract.ts";
import { Instant } from "../../../platform/clock/contract.ts";
import { endpoint } from "../../../platform/http/contract.ts";
import { MinorUnits } from "../../../platform/money/contract.ts";
import { Reason } from "../contract.ts";
import { ExposureKind } from "../policy/contract.ts";

const tag = "credit";

export const suggestions = ["approve", "refer", "decline"] as const;
export const doubts = ["probability", "debt_service", "limit", "in_arrears", "no_history"] as const;
export const applicationStates = ["open", "approved", "declined", "withdrawn"] as const;

/** What an application was judged by, as it was then; never changed. */
export const Judgement = z.object({
  modelNo: z.int().nullable(),
  policyVersion: z.int(),
  asOf: z.iso.date().nullable(),
  basis: z.enum(["scorecard", "arrears"]),
  points: z.number().nullable(),
  probability: z.number(),
  challengerProbability: z.number().nullable(),
  band: z.string(),
  parts: z.array(Reason).max(40),
  because: z.array(z.enum(doubts)).max(5),
  /** A month, in the currency asked for. */
  instalmentMinor: z.number(),
  /** All instalments over usual income. */
  debtService: z.number().nullable(),
  lossGivenDefault: z.number(),
  /** In the reporting currency. */
  exposureMinor: z.number(),
  expectedLossMinor: z.number(),
  committedBeforeMinor: z.number(),
  limitMinor: z.number(),
  daysPastDue: z.int(),
});
export type Judgement = z.infer<typeof Judgement>;

export const Application = z.object({
  partyId: z.uuid(),
  applicationId: z.uuid(),
  customerId: z.uuid(),
  fullName: z.string(),
  customerNo: z.string(),
  kind: ExposureKind,
  currency: z.string(),
  amountMinor: MinorUnits,
  termMonths: z.int().nullable(),
  yearlyRate: z.number().nullable(),
  collateralMinor: MinorUnits,
  purpose: z.string(),
  enteredByName: z.string().nullable(),
  enteredAt: Instant,
  judgement: Judgement,
  suggestion: z.enum(suggestions),
  state: z.enum(applicationStates),
  decidedByName: z.string().nullable(),
  decidedAt: Instant.nullable(),
  decisionReason: z.string().nullable(),
  approvedMinor: MinorUnits.nullable(),
  /** Entered by the one who asks: somebody else decides. */
  own: z.boolean(),
});
export type Application = z.infer<typeof Application>;

export const applyForCredit = endpoint({
  name: "applyForCredit",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/credit-applications",
  summary: "Enters what a customer asks for; it is scored at once",
  access: "credit:read",
  params: CustomerParams,
  body: z.strictObject({
    kind: ExposureKind,
    currency: z.string().regex(/^[A-Z]{3}$/),
    amountMinor: MinorUnits,
    /** Loans and mortgages need both. */
    termMonths: z.int().min(1).max(600).optional(),
    yearlyRate: z.number().min(0).max(5).optional(),
    /** What secures it, in the same currency. */
    collateralMinor: MinorUnits.optional(),
    purpose: z.string().trim().min(3).max(500),
  }),
  answer: z.object({ applicationId: z.uuid() }),
  idempotent: true,
  errors: ["not_found", "invalid_input"],
});

const ApplicationParams = z.strictObject({ applicationId: z.uuid() });
export const APPLICATIONS_MAX = 100;

export const listCreditApplications = endpoint({
  name: "listCreditApplications",
  tag,
  method: "GET",
  path: "/api/credit/applications",
  summary: "Applications of the customers the caller sees, the newest first",
  access: "credit:read",
  query: z.strictObject({ state: z.enum(applicationStates).optional(), customerId: z.uuid().optional() }),
  answer: z.object({ applications: z.array(Application.omit({ judgement: true })).max(APPLICATIONS_MAX), more: z.boolean() }),
});

export const readCreditApplication = endpoint({
  name: "readCreditApplication",
  tag,
  method: "GET",
  path: "/api/credit/applications/:applicationId",
  summary: "An application with the points and reasons it was judged by",
  access: "credit:read",
  params: ApplicationParams,
  answer: z.object({ application: Application, currency: z.string() }),
  errors: ["not_found"],
});

export const decideCreditApplication = endpoint({
  name: "decideCreditApplication",
  tag,
  method: "POST",
  path: "/api/credit/applications/:applicationId/decision",
  summary: "Approves or declines, by somebody else than who entered it; needs a proof",
  access: "credit:manage",
  params: ApplicationParams,
  body: z.strictObject({
    decision: z.enum(["approved", "declined"]),
    reason: z.string().trim().min(3).max(1000),
    /** At most what was asked for; left out: all of it. */
    approvedMinor: MinorUnits.optional(),
  }),
  answerKind: "none",
  errors: ["not_found", "invalid_state", "invalid_input", "step_up_needed"],
});

export const withdrawCreditApplication = endpoint({
  name: "withdrawCreditApplication",
  tag,
  method: "POST",
  path: "/api/credit/applications/:applicationId/withdrawal",
  summary: "The customer no longer asks",
  access: "credit:read",
  params: ApplicationParams,
  body: z.strictObject({ reason: z.string().trim().min(3).max(1000) }),
  answerKind: "none",
  errors: ["not_found", "invalid_state"],
});
