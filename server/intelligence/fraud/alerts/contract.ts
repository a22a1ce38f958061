import { z } from "zod";
import { Instant } from "../../../platform/clock/contract.ts";
import { endpoint, reference } from "../../../platform/http/contract.ts";
import { MinorUnits } from "../../../platform/money/contract.ts";
import { RuleAction } from "../contract.ts";

const tag = "fraud";
export const ALERTS_PAGE_MAX = 100;
export const ALERT_PAYMENTS_MAX = 200;
const EVENTS_MAX = 200;
const NETWORK_MAX = 20;
const NOTE_MAX = 2_000;

export const alertStates = ["open", "taken", "closed"] as const;
export const AlertState = z.enum(alertStates);
export const outcomes = ["fraud_confirmed", "not_fraud", "inconclusive"] as const;
export const Outcome = z.enum(outcomes);
export type Outcome = z.infer<typeof Outcome>;

/** A moment by the clock where it happened, without a zone. */
const WallTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);
const Note = z.string().trim().min(1).max(NOTE_MAX);
const Version = z.int().min(1);
const Params = z.strictObject({ alertId: z.uuid() });

export const Reason = z.object({ feature: z.string(), value: z.number(), contribution: z.number() });
export type Reason = z.infer<typeof Reason>;
export const RuleHit = z.object({
  name: z.string(),
  note: z.string(),
  evidence: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
});

export const Alert = z.object({
  alertId: z.uuid(),
  customerId: z.uuid(),
  customerName: z.string(),
  customerNo: z.string(),
  state: AlertState,
  outcome: Outcome.nullable(),
  action: RuleAction,
  firstAt: WallTime,
  lastAt: WallTime,
  payments: z.int(),
  probability: z.number(),
  /** In the bank's currency. */
  amountMinor: MinorUnits,
  expectedLossMinor: MinorUnits,
  currency: z.string(),
  openedAt: Instant,
  assigneeId: z.uuid().nullable(),
  assigneeName: z.string().nullable(),
  informedAt: Instant.nullable(),
  closedAt: Instant.nullable(),
  version: z.int(),
  /** Of its most costly payment: whether its time of day is known, and why it is suspected. */
  hasTime: z.boolean(),
  rules: z.array(z.object({ name: z.string(), note: z.string() })).max(5),
  reasons: z.array(Reason).max(5),
});
export type Alert = z.infer<typeof Alert>;

export const listAlerts = endpoint({
  name: "listFraudAlerts",
  tag,
  method: "GET",
  path: "/api/fraud/alerts",
  summary: "Fraud alerts, greatest expected loss first; closed ones newest first",
  access: "fraud:read",
  query: z.strictObject({
    state: z.enum(["waiting", "mine", "closed"]).default("waiting"),
    after: z.string().max(300).optional(),
    rows: z.coerce.number().int().min(1).max(ALERTS_PAGE_MAX).default(50),
  }),
  answer: z.object({
    alerts: z.array(Alert).max(ALERTS_PAGE_MAX),
    next: z.string().nullable(),
    /** How many wait, and what they may cost; up to 10,000 are counted. */
    waiting: z.object({ alerts: z.int(), expectedLossMinor: MinorUnits, currency: z.string() }),
  }),
});

export const AlertPayment = z.object({
  paymentId: z.string(),
  sourceName: z.string(),
  holdingId: z.uuid(),
  holdingKind: z.string(),
  holdingNumber: z.string().nullable(),
  at: WallTime,
  hasTime: z.boolean(),
  amountMinor: MinorUnits,
  currency: z.string(),
  bankMinor: MinorUnits,
  payee: z.string(),
  channel: z.string().nullable(),
  category: z.string().nullable(),
  country: z.string().nullable(),
  probability: z.number(),
  expectedLossMinor: MinorUnits,
  action: RuleAction,
  because: z.string(),
  rules: z.array(RuleHit).max(200),
  reasons: z.array(Reason).max(5),
  features: z.record(z.string(), z.number()),
  setNo: z.int(),
  modelNo: z.int().nullable(),
  isLive: z.boolean(),
  isFraud: z.boolean().nullable(),
});
export type AlertPayment = z.infer<typeof AlertPayment>;

export const AlertEvent = z.object({
  kind: z.enum(["opened", "grew", "taken", "assigned", "released", "noted", "customer_informed", "closed", "reopened"]),
  personName: z.string().nullable(),
  at: Instant,
  note: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});

/** What else is known of a payee of the alert: other customers the reader may see. */
export const SharedPayee = z.object({
  payee: z.string(),
  /** Customers of the bank who paid it in the 90 days before, those not visible to the reader included. */
  customers: z.int(),
  payments: z.int(),
  confirmedFrauds: z.int(),
  alerts: z
    .array(z.object({ alertId: z.uuid(), customerId: z.uuid(), customerName: z.string(), state: AlertState, outcome: Outcome.nullable() }))
    .max(NETWORK_MAX),
});

/** What is usual on the account: its payments of 90 days before the alert. */
export const Usual = z.object({
  holdingId: z.uuid(),
  payments: z.int(),
  meanMinor: MinorUnits,
  largestMinor: MinorUnits,
  payees: z.int(),
  currency: z.string(),
});

export const viewAlert = endpoint({
  name: "viewFraudAlert",
  tag,
  method: "GET",
  path: "/api/fraud/alerts/:alertId",
  summary: "An alert with its payments, evidence, what is usual, who else paid the payees, and what was done",
  access: "fraud:read",
  params: Params,
  answer: z.object({
    alert: Alert,
    payments: z.array(AlertPayment).max(ALERT_PAYMENTS_MAX),
    events: z.array(AlertEvent).max(EVENTS_MAX),
    shared: z.array(SharedPayee).max(NETWORK_MAX),
    usual: z.array(Usual).max(20),
  }),
  errors: ["not_found"],
});

const WorkBody = z.strictObject({ version: Version, note: Note.optional() });
const act = { tag, method: "POST", access: "fraud:decide", params: Params, answer: z.object({ version: z.int() }) } as const;
const errors = ["not_found", "conflict", "invalid_state"] as const;

export const takeAlert = endpoint({
  ...act,
  name: "takeFraudAlert",
  path: "/api/fraud/alerts/:alertId/take",
  summary: "Take an alert to work on",
  body: WorkBody,
  errors,
});
export const releaseAlert = endpoint({
  ...act,
  name: "releaseFraudAlert",
  path: "/api/fraud/alerts/:alertId/release",
  summary: "Put an alert back",
  body: WorkBody,
  errors,
});
export const assignAlert = endpoint({
  ...act,
  name: "assignFraudAlert",
  path: "/api/fraud/alerts/:alertId/assign",
  summary: "Give an alert to a colleague who may decide on fraud",
  body: z.strictObject({ version: Version, personId: z.uuid(), note: Note.optional() }),
  errors,
});
export const noteOnAlert = endpoint({
  ...act,
  name: "noteOnFraudAlert",
  path: "/api/fraud/alerts/:alertId/notes",
  summary: "Write a note, or that the customer was informed",
  body: z.strictObject({ version: Version, note: Note, customerInformed: z.boolean().default(false) }),
  errors,
});
export const closeAlert = endpoint({
  ...act,
  name: "closeFraudAlert",
  path: "/api/fraud/alerts/:alertId/close",
  summary: "Say what it was: fraud (which payments), no fraud, or not to be found out; the next training learns from it",
  body: z.strictObject({
    version: Version,
    outcome: Outcome,
    /** Of a confirmed fraud: the payments that were the customer's own after all. */
    genuine: z
      .array(reference(z.string().max(220)))
      .max(ALERT_PAYMENTS_MAX)
      .default([]),
    note: Note.optional(),
  }),
  errors,
});
export const reopenAlert = endpoint({
  ...act,
  name: "reopenFraudAlert",
  path: "/api/fraud/alerts/:alertId/reopen",
  summary: "Take a decision back; what was learned from it is forgotten",
  body: z.strictObject({ version: Version, note: Note }),
  errors,
});

export const listFraudPeople = endpoint({
  name: "listFraudPeople",
  tag,
  method: "GET",
  path: "/api/fraud/people",
  summary: "Colleagues an alert can be given to",
  access: "fraud:decide",
  answer: z.object({ people: z.array(z.object({ personId: z.uuid(), name: z.string() })).max(500) }),
});

/** For everybody who sees the customer: that something is suspected, not why. */
export const readFraudMark = endpoint({
  name: "readFraudMark",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/fraud",
  summary: "Whether payments of a customer are suspected of fraud, or were found to be in the last 90 days",
  access: "customer:read",
  params: z.strictObject({ customerId: z.uuid() }),
  answer: z.object({
    marks: z
      .array(
        z.object({
          alertId: z.uuid(),
          state: AlertState,
          outcome: Outcome.nullable(),
          firstAt: WallTime,
          lastAt: WallTime,
          payments: z.int(),
          amountMinor: MinorUnits,
          currency: z.string(),
          informedAt: Instant.nullable(),
        }),
      )
      .max(20),
  }),
  errors: ["not_found"],
});
