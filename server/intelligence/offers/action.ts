import type { ActionKind, Answer, Arm, Gate, ReasonCode, Signal, SpokenChannel } from "./contract.ts";

/** What may be proposed, as the bank keeps it. Money in minor units of the reporting currency. */
export interface OfferAction {
  readonly actionId: string;
  readonly kind: ActionKind;
  readonly signal: Signal;
  readonly product: string | null;
  readonly purpose: "service" | "marketing";
  readonly usesProfile: boolean;
  readonly place: number;
  readonly baseRate: number;
  readonly gainMinor: number;
  readonly gainShare: number;
  readonly costMinor: number;
  readonly lossMinor: number;
  readonly defaultMax: number | null;
  readonly ageMin: number | null;
  readonly ageMax: number | null;
  readonly customerKinds: readonly string[];
  readonly countries: readonly string[] | null;
  /** 0.5 to 2. */
  readonly lever: number;
  readonly active: boolean;
  /** Only for customers of this segment; null: of all. */
  readonly segmentId: string | null;
  readonly version: number;
}

/** The segments actions are for. */
export const boundTo = (actions: readonly OfferAction[]): string[] => [...new Set(actions.flatMap(({ segmentId }) => segmentId ?? []))];

/** The rules of the house. Shares are 0 to 1. */
export interface OfferPolicy {
  readonly version: number;
  readonly holdOutShare: number;
  readonly randomShare: number;
  readonly explorationShare: number;
  readonly refusedMax: number;
  readonly refusedDays: number;
  readonly pauseDays: number;
  readonly laterDays: number;
  readonly contactsDay: number;
  readonly contactsWeek: number;
  readonly contactsMonth: number;
  /** Of one channel in seven days. */
  readonly phoneWeek: number;
  readonly emailWeek: number;
  readonly productShareMax: number;
  /** Of any group, the share proposed a sale against the highest: below it an alarm is raised. */
  readonly exposureMin: number;
}

export interface Reason {
  readonly code: ReasonCode;
  readonly amountMinor: number | null;
  /** Of the amount; null: the reporting currency. */
  readonly currency: string | null;
  readonly share: number | null;
  /** yyyy-mm-dd */
  readonly on: string | null;
}

/** What the score is made of: score = propensity x context x (gain - cost - loss) x lever, in minor units. */
export interface Factors {
  readonly propensity: number;
  /** Where the chance comes from: a model, how many like the customer took it of late, or answers so far drawn towards the base rate. */
  readonly source: "model" | "taken" | "answers" | "base";
  readonly context: number;
  readonly contextBy: readonly string[];
  readonly gainMinor: number;
  readonly costMinor: number;
  readonly lossMinor: number;
  readonly lever: number;
  readonly score: number;
}

export interface Candidate {
  readonly actionId: string;
  readonly kind: ActionKind;
  /** null: may be proposed. */
  readonly gate: Gate | null;
  /** The day from which the gate may be open again; null: it does not depend on time. */
  readonly until: string | null;
  readonly reason: Reason | null;
  readonly factors: Factors | null;
}

export interface GivenAnswer {
  readonly actionId: string;
  readonly answer: Answer;
  /** By which the customer was spoken to; null: it was not said. */
  readonly channel: SpokenChannel | null;
  /** yyyy-mm-dd */
  readonly on: string;
}

/** What is known of a customer on the day it is decided. Money in minor units of the reporting currency; days yyyy-mm-dd. */
export interface Standing {
  readonly customerId: string;
  readonly kind: string;
  readonly bornOn: string | null;
  readonly isDeceased: boolean;
  readonly country: string | null;
  readonly segment: string | null;
  readonly mayProfile: boolean;
  /** Channels by which marketing may reach them. */
  readonly marketingBy: readonly string[];
  /** Why it may not, over all channels. */
  readonly marketingRefused: readonly string[];
  readonly held: ReadonlyMap<string, number>;
  /** Chance to take a product next within three months, where a model says. */
  readonly chances: ReadonlyMap<string, number>;
  readonly churn: number | null;
  readonly isLeaving: boolean;
  readonly defaultShare: number | null;
  readonly expectedLossMinor: number;
  readonly inArrears: boolean;
  readonly isWatched: boolean;
  readonly fraud: { readonly alerts: number; readonly amountMinor: number };
  readonly maturing: Moved | null;
  readonly inflow: Moved | null;
  readonly outflow: Moved | null;
  readonly salaryMinor: number;
  readonly salaryMissed: boolean;
  readonly lastInitiatedOn: string | null;
  readonly assetsMinor: number;
  readonly debtsMinor: number;
  /** In current and savings accounts. */
  readonly liquidMinor: number;
  /** A month, over the last three and twelve. */
  readonly outMonthMinor: number;
  readonly inMonthMinor: number;
  /** Instalments a month, over the last twelve. */
  readonly instalmentsMinor: number;
  /** Of the last twelve months; null: not reckoned. */
  readonly profitMinor: number | null;
  /** Segments of actions in which they are; none for who objects to profiling. */
  readonly segmentIds: ReadonlySet<string>;
  readonly answers: readonly GivenAnswer[];
}

export interface Moved {
  readonly on: string;
  /** Reporting currency. */
  readonly amountMinor: number;
  /** As the customer has it. */
  readonly own: { readonly minor: number; readonly currency: string };
}

/** What of the bank a decision rests on, beside the customer. */
export interface Bank {
  readonly actions: readonly OfferAction[];
  readonly policy: OfferPolicy;
  /** Segments of actions that can be asked. */
  readonly segmentIds: ReadonlySet<string>;
  /** By action: how often it was answered with yes, and at all, in the last year. */
  readonly answered: ReadonlyMap<string, { readonly agreed: number; readonly all: number }>;
  /** What products earn and how often they are taken in a year: by `segment product`, and by `product` over all. */
  readonly gains: ReadonlyMap<string, { readonly gainMinor: number; readonly taken: number }>;
  /** Average chance of default of who owes: what is in the gains already. */
  readonly averageDefault: number;
}

/** Where a customer stands in the standing experiments, and what was drawn for the day. All 0 to below 1. */
export interface Draws {
  readonly arm: number;
  readonly explore: number;
  readonly pick: (place: number) => number;
}

export interface Decision {
  readonly arm: Arm;
  readonly explored: boolean;
  readonly propensity: number | null;
  readonly candidates: readonly Candidate[];
  /** When time alone may change it. */
  readonly dueOn: string;
}
