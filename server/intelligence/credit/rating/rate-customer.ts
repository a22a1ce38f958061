import { type CreditHistory, characteristicsOf, salaryStopped } from "../behaviour.ts";
import type { CreditScorer, PointsPart } from "../credit-model.ts";
import type { CreditPolicy, ExposureKind } from "../policy/contract.ts";
import { arrearsProbability, bandOf, expectedLoss, exposureAtDefault, lossGivenDefault } from "../rules.ts";

/** A debt, or a line that can become one, as it stands. Minor units of the reporting currency. */
export interface Debt {
  readonly holdingId: string;
  readonly kind: ExposureKind;
  readonly productName: string | null;
  readonly currency: string;
  readonly drawnMinor: number;
  readonly limitMinor: number;
  /** What the source says of it. */
  readonly status: "open" | "in_arrears" | "defaulted";
}

export interface Exposure extends Debt {
  readonly daysPastDue: number;
  readonly defaultMinor: number;
  readonly lossShare: number;
  readonly expectedLossMinor: number;
}

export interface Rating {
  readonly basis: "scorecard" | "arrears" | "default";
  readonly points: number | null;
  readonly probability: number;
  readonly challengerProbability: number | null;
  readonly band: string;
  readonly daysPastDue: number;
  readonly salaryStopped: boolean;
  readonly parts: readonly PointsPart[];
  readonly exposures: readonly Exposure[];
}

export interface Subject {
  readonly history: CreditHistory;
  readonly debts: readonly Debt[];
  readonly asOfDay: number;
  /** Who objects to profiling is judged by the days past due alone, which the contract itself tells. */
  readonly mayProfile: boolean;
}

// A source that says no more than "in arrears" means an instalment at least.
const ARREARS_DAYS = 30;

/** A customer's chance of default and what would be lost, with the points behind it. One chance for all debts of a customer (CRR, article 178). */
export function rateCustomer(policy: CreditPolicy, scorer: CreditScorer | null, subject: Subject): Rating {
  const { history, debts, asOfDay } = subject;
  const values = characteristicsOf(history, asOfDay);
  const told = Math.max(0, ...debts.map(({ status }) => saidDays(policy, status)));
  const daysPastDue = Math.max(values.daysPastDue, told);
  const inDefault = daysPastDue >= policy.defaultDays;
  const scored = scorer === null || !subject.mayProfile || inDefault ? null : scorer.score({ ...values, daysPastDue });
  const probability = inDefault ? 1 : (scored?.probability ?? arrearsProbability(policy, daysPastDue));
  return {
    basis: inDefault ? "default" : scored === null ? "arrears" : "scorecard",
    points: scored?.points ?? null,
    probability,
    challengerProbability: scored?.challengerProbability ?? null,
    band: bandOf(policy, probability, inDefault),
    daysPastDue,
    salaryStopped: subject.mayProfile && salaryStopped(history.months, asOfDay),
    parts: scored?.parts ?? [],
    exposures: debts.map((debt) => {
      const defaultMinor = exposureAtDefault(policy, debt.kind, debt.drawnMinor, debt.limitMinor);
      const lossShare = lossGivenDefault(policy, debt.kind, defaultMinor);
      const expectedLossMinor = expectedLoss(probability, lossShare, defaultMinor);
      return { ...debt, daysPastDue: saidDays(policy, debt.status), defaultMinor, lossShare, expectedLossMinor };
    }),
  };
}

export function saidDays(policy: CreditPolicy, status: Debt["status"]): number {
  return status === "defaulted" ? policy.defaultDays : status === "in_arrears" ? ARREARS_DAYS : 0;
}
