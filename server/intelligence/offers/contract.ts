import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";
import { MinorUnits } from "../../platform/money/contract.ts";

export const ActionKind = z.enum(["duty", "care", "sale"]);
export type ActionKind = z.infer<typeof ActionKind>;

export const Signal = z.enum([
  "fraud",
  "arrears",
  "watch",
  "maturing",
  "churn",
  "inflow",
  "outflow",
  "salary_missed",
  "quiet",
  "birthday",
  "room",
]);
export type Signal = z.infer<typeof Signal>;

/** Why an action is called for; words `offers:reasons.<code>`. Of a sale: what makes it timely. */
export const ReasonCode = z.enum([...Signal.options, "likely", "idle_money", "free_money"]);
export type ReasonCode = z.infer<typeof ReasonCode>;

/** What keeps an action from being proposed, in the order in which they are asked; words `offers:gates.<gate>`. */
export const Gate = z.enum([
  "switched_off",
  "deceased",
  "gone",
  "not_called_for",
  "held",
  "not_for_kind",
  "too_young",
  "too_old",
  "residence",
  "segment_gone",
  "not_in_segment",
  "profiling_refused",
  "objected",
  "no_consent",
  "not_contactable",
  "fraud_alert",
  "in_difficulty",
  "credit_policy",
  "unaffordable",
  "no_cushion",
  "refused_twice",
  "refused_lately",
  "put_off",
  "agreed_already",
  "contact_cap",
  "held_out",
  "not_worth_it",
  "share_cap",
]);
export type Gate = z.infer<typeof Gate>;

export const Arm = z.enum(["ranked", "random", "hold_out"]);
export type Arm = z.infer<typeof Arm>;
export const Answer = z.enum(["agreed", "later", "declined"]);
export type Answer = z.infer<typeof Answer>;
/** By which a person of the bank speaks to a customer. */
export const SpokenChannel = z.enum(["in_person", "phone", "email"]);
export type SpokenChannel = z.infer<typeof SpokenChannel>;

const Share = z.number().min(0).max(1);
const Day = z.iso.date();
const ActionId = z.string().regex(/^[a-z][a-z_]{2,39}$/);
const CustomerParams = z.strictObject({ customerId: z.uuid() });
export const ACTIONS_MAX = 100;

export const OfferReason = z.object({
  code: ReasonCode,
  amountMinor: MinorUnits.nullable(),
  /** Of the amount; null: the bank's. */
  currency: z.string().nullable(),
  share: Share.nullable(),
  on: Day.nullable(),
});
export type OfferReason = z.infer<typeof OfferReason>;

/** score = propensity x context x (gain - cost - loss) x lever. */
export const OfferFactors = z.object({
  propensity: Share,
  source: z.enum(["model", "taken", "answers", "base"]),
  context: z.number(),
  contextBy: z.array(z.string()).max(10),
  gainMinor: MinorUnits,
  costMinor: MinorUnits,
  lossMinor: MinorUnits,
  lever: z.number(),
  scoreMinor: MinorUnits,
});
export type OfferFactors = z.infer<typeof OfferFactors>;

export const OfferCandidate = z.object({
  actionId: ActionId,
  kind: ActionKind,
  gate: Gate.nullable(),
  until: Day.nullable(),
  /** Of the gates `not_in_segment` and `segment_gone`: what the segment is called, for who may see it. */
  segmentName: z.string().nullable(),
  reason: OfferReason.nullable(),
  /** For who may see what customers earn the bank; null for others, and where nothing called for the action. */
  factors: OfferFactors.nullable(),
});
export type OfferCandidate = z.infer<typeof OfferCandidate>;

export const GivenAnswer = z.object({
  answerId: z.uuid(),
  actionId: ActionId,
  answer: Answer,
  channel: SpokenChannel.nullable(),
  answeredAt: Instant,
  answeredByName: z.string().nullable(),
  /** By the caller, within a day. */
  canTakeBack: z.boolean(),
});

export const readNextAction = endpoint({
  name: "readNextAction",
  tag: "customers",
  method: "GET",
  path: "/api/customers/:customerId/next-action",
  summary: "What to do next for a customer and why, what else, and why not the others; objections count from the moment they are made",
  access: "customer:read",
  params: CustomerParams,
  answer: z.object({
    /** null: nothing was decided yet, or what was decided rests on a profile the customer objects to. */
    decision: z.object({ decisionId: z.uuid(), decidedOn: Day, arm: Arm, explored: z.boolean() }).nullable(),
    proposed: OfferCandidate.nullable(),
    others: z.array(OfferCandidate).max(ACTIONS_MAX),
    removed: z.array(OfferCandidate).max(ACTIONS_MAX),
    /** By which the customer may be spoken to of it. */
    channels: z.array(SpokenChannel).max(10),
    isProfiled: z.boolean(),
    /** Of the customer, to greet in. */
    language: z.string().nullable(),
    currency: z.string(),
    answers: z.array(GivenAnswer).max(20),
    canAnswer: z.boolean(),
  }),
  errors: ["not_found"],
});

export const answerAction = endpoint({
  name: "answerAction",
  tag: "customers",
  method: "POST",
  path: "/api/customers/:customerId/next-action/answers",
  summary: "Record what the customer answered to a proposed action; suppressions and caps count from here",
  access: "consent:record",
  params: CustomerParams,
  body: z.strictObject({ decisionId: z.uuid(), actionId: ActionId, answer: Answer, channel: SpokenChannel }),
  answer: z.object({ answerId: z.uuid() }),
  errors: ["not_found", "invalid_state"],
});

export const TAKE_BACK_HOURS = 24;
export const takeAnswerBack = endpoint({
  name: "takeAnswerBack",
  tag: "customers",
  method: "DELETE",
  path: "/api/customers/:customerId/next-action/answers/:answerId",
  summary: "Take back an answer one wrote oneself, within 24 hours; it counts for nothing any more, and stays on the audit trail",
  access: "consent:record",
  params: z.strictObject({ customerId: z.uuid(), answerId: z.uuid() }),
  answerKind: "none",
  errors: ["not_found", "invalid_state"],
});

export const ATTENTION_MAX = 50;
export const listAttention = endpoint({
  name: "listAttention",
  tag: "customers",
  method: "GET",
  path: "/api/attention",
  summary:
    "Customers who need the caller today and why: of their own portfolios, else of all they reach; what is at stake decides the order",
  access: "customer:read",
  query: z.strictObject({ rows: z.coerce.number().int().min(1).max(ATTENTION_MAX).default(5) }),
  answer: z.object({
    customers: z
      .array(
        z.object({
          customerId: z.uuid(),
          customerNo: z.string(),
          fullName: z.string(),
          latinName: z.string().nullable(),
          language: z.string().nullable(),
          actionId: ActionId,
          kind: ActionKind,
          /** Of the action, then of the others called for. */
          reasons: z.array(OfferReason).max(5),
        }),
      )
      .max(ATTENTION_MAX),
    scope: z.enum(["own", "reach"]),
    currency: z.string(),
    decidedOn: Day.nullable(),
  }),
});

const Settings = z.strictObject({
  active: z.boolean(),
  /** People's own weight. */
  lever: z.number().min(0.5).max(2),
  baseRate: z.number().gt(0).lt(1),
  gainMinor: z.int().min(0).max(1_000_000_000_000),
  gainShare: Share,
  costMinor: z.int().min(0).max(1_000_000_000_000),
  lossMinor: z.int().min(0).max(1_000_000_000_000),
  defaultMax: Share.nullable(),
  ageMin: z.int().min(0).max(120).nullable(),
  ageMax: z.int().min(0).max(120).nullable(),
  /** Only customers of this segment; null: of all. A shared one, and of no duty. */
  segmentId: z.uuid().nullable(),
});
export type ActionSettings = z.infer<typeof Settings>;

const HouseRules = z.strictObject({
  holdOutShare: z.number().min(0).max(0.2),
  randomShare: z.number().min(0).max(0.1),
  explorationShare: z.number().min(0).max(0.2),
  refusedMax: z.int().min(1).max(10),
  refusedDays: z.int().min(1).max(365),
  pauseDays: z.int().min(1).max(730),
  laterDays: z.int().min(1).max(90),
  contactsDay: z.int().min(1).max(10),
  contactsWeek: z.int().min(1).max(20),
  contactsMonth: z.int().min(1).max(60),
  phoneWeek: z.int().min(1).max(20),
  emailWeek: z.int().min(1).max(20),
  productShareMax: z.number().min(0.1).max(1),
  exposureMin: z.number().min(0.5).max(1),
});
export type HouseRules = z.infer<typeof HouseRules>;

/** Counted over the customers the caller sees. */
export const ActionFigures = z.object({ first: z.int(), shown: z.int(), agreed: z.int(), later: z.int(), declined: z.int() });

export const CHANGES_MAX = 50;
export const readOffers = endpoint({
  name: "readOffers",
  tag: "intelligence",
  method: "GET",
  path: "/api/offers",
  summary: "The actions that may be proposed with their settings and figures, the rules of the house, and the latest changes of both",
  access: "offer:manage",
  answer: z.object({
    actions: z
      .array(
        Settings.extend({
          actionId: ActionId,
          kind: ActionKind,
          signal: Signal,
          product: z.string().nullable(),
          purpose: z.enum(["service", "marketing"]),
          usesProfile: z.boolean(),
          version: z.int(),
          /** Whether the segment it is for is there; null: it is for no segment. One that was put away or cannot be asked any more has nobody in it. */
          hasSegment: z.boolean().nullable(),
          figures: ActionFigures,
        }),
      )
      .max(ACTIONS_MAX),
    policy: HouseRules.extend({ version: z.int() }),
    /** What segments among the settings and changes are called, as far as the caller sees them. */
    segments: z.array(z.object({ segmentId: z.uuid(), name: z.string() })).max(ACTIONS_MAX + 100),
    changes: z
      .array(
        z.object({
          changeNo: z.int(),
          actionId: ActionId.nullable(),
          before: z.record(z.string(), z.unknown()),
          after: z.record(z.string(), z.unknown()),
          reason: z.string(),
          changedAt: Instant,
          changedByName: z.string().nullable(),
        }),
      )
      .max(CHANGES_MAX),
    currency: z.string(),
  }),
});

const reason = z.string().trim().min(3).max(500);
const changeErrors = ["not_found", "conflict", "invalid_input", "step_up_needed"] as const;
export const changeAction = endpoint({
  name: "changeOfferAction",
  tag: "intelligence",
  method: "PUT",
  path: "/api/offers/actions/:actionId",
  summary: "Change the settings of an action, its lever among them, with a reason; everybody is decided upon anew",
  access: "offer:manage",
  params: z.strictObject({ actionId: ActionId }),
  body: z.strictObject({ version: z.int(), settings: Settings, reason }),
  answerKind: "none",
  errors: [...changeErrors],
});

export const changePolicy = endpoint({
  name: "changeOfferPolicy",
  tag: "intelligence",
  method: "PUT",
  path: "/api/offers/policy",
  summary: "Change the rules of the house for proposing, with a reason; everybody is decided upon anew",
  access: "offer:manage",
  body: z.strictObject({ version: z.int(), rules: HouseRules, reason }),
  answerKind: "none",
  errors: [...changeErrors],
});

const Interval = z.object({ from: z.number(), to: z.number() });
export const ArmResult = z.object({
  arm: z.enum(["ranked", "explored", "random", "hold_out"]),
  customers: z.int(),
  shown: z.int(),
  answered: z.int(),
  agreed: z.int(),
  /** Opened a product since they are in the arm, whoever proposed what. */
  opened: z.int(),
  rate: Share.nullable(),
  interval: Interval.nullable(),
  /** Against the customers held out, with 95 % confidence; null for them, and without anybody. */
  lift: Interval.extend({ by: z.number() }).nullable(),
});
export type ArmResult = z.infer<typeof ArmResult>;

export const readOfferResults = endpoint({
  name: "readOfferResults",
  tag: "intelligence",
  method: "GET",
  path: "/api/offers/results",
  summary:
    "What proposing brings: each standing arm against the customers held out, whether the arms have the sizes drawn, and who is proposed sales",
  access: "offer:manage",
  answer: z.object({
    arms: z.array(ArmResult).max(4),
    since: Day.nullable(),
    /** Chance of arms at least so far from the sizes drawn, were the draw right; below 0.001 nothing is to be concluded. */
    sizesChance: Share.nullable(),
    /** The least difference in rate that arms of this size would show four times of five; null without anybody. */
    detectable: z.number().nullable(),
    exposure: z
      .array(
        z.object({
          trait: z.enum(["sex", "age"]),
          group: z.string(),
          customers: z.int(),
          proposed: z.int(),
          rate: Share,
          /** Rate over that of the group proposed to most. */
          ratio: z.number(),
          /** Below what the rules of the house ask for, in a group large enough that it is not chance. */
          isUneven: z.boolean(),
        }),
      )
      .max(30),
    exposureMin: Share,
  }),
});
