import { type CreditHistory, characteristicsOf } from "../behaviour.ts";
import type { CreditScorer } from "../credit-model.ts";
import type { CreditPolicy, ExposureKind } from "../policy/contract.ts";
import {
  arrearsProbability,
  bandOf,
  expectedLoss,
  exposureAtDefault,
  instalmentOf,
  lossGivenDefault,
  type Suggestion,
  suggestionOf,
} from "../rules.ts";
import type { Judgement } from "./contract.ts";

export interface Asked {
  readonly kind: ExposureKind;
  readonly amountMinor: number;
  readonly termMonths: number | null;
  readonly yearlyRate: number | null;
  readonly collateralMinor: number;
  /** Reporting minor units for one of the currency asked for. */
  readonly rate: number;
}

export interface Standing {
  readonly history: CreditHistory;
  readonly asOfDay: number;
  readonly mayProfile: boolean;
  readonly saidDaysPastDue: number;
  readonly committedMinor: number;
  readonly limitMinor: number;
}

/** Of a line that is fully drawn a twentieth is paid back a month, as card schemes commonly ask at least. */
const LINE_SHARE_A_MONTH = 0.05;

/** What the bank's rules and models say of an application. A default in the past months speaks through the points; one at present declines. */
export function judgeApplication(
  { policy, version }: { policy: CreditPolicy; version: number },
  scorer: CreditScorer | null,
  asked: Asked,
  standing: Standing,
): { suggestion: Suggestion; judgement: Omit<Judgement, "asOf"> } {
  const instalment =
    asked.kind === "loan" || asked.kind === "mortgage"
      ? instalmentOf(asked.amountMinor, asked.yearlyRate ?? 0, asked.termMonths ?? 12)
      : asked.amountMinor * LINE_SHARE_A_MONTH;
  const plain = characteristicsOf(standing.history, standing.asOfDay, instalment * asked.rate);
  const daysPastDue = Math.max(plain.daysPastDue, standing.saidDaysPastDue);
  const values = { ...plain, daysPastDue };
  const hasHistory = standing.history.months.length > 0;
  const scored = scorer !== null && standing.mayProfile && (hasHistory || standing.history.plans.length > 0) ? scorer.score(values) : null;
  const probability = scored?.probability ?? arrearsProbability(policy, daysPastDue);
  const exposureMinor = exposureAtDefault(policy, asked.kind, isLine(asked.kind) ? 0 : asked.amountMinor, asked.amountMinor) * asked.rate;
  const lossShare = lossGivenDefault(policy, asked.kind, exposureMinor, asked.collateralMinor * asked.rate);
  const debtService = Number.isNaN(values.debtService) ? null : values.debtService;
  const overLimit = standing.committedMinor + asked.amountMinor * asked.rate > standing.limitMinor;
  const { suggestion, because } = suggestionOf(policy, { probability, debtService, daysPastDue, overLimit, hasHistory });
  return {
    suggestion,
    judgement: {
      modelNo: scored === null ? null : (scorer?.version ?? null),
      policyVersion: version,
      basis: scored === null ? "arrears" : "scorecard",
      points: scored?.points ?? null,
      probability,
      challengerProbability: scored?.challengerProbability ?? null,
      band: bandOf(policy, probability),
      parts: [...(scored?.parts ?? [])],
      because: [...because],
      instalmentMinor: Math.round(instalment),
      debtService,
      lossGivenDefault: lossShare,
      exposureMinor: Math.round(exposureMinor),
      expectedLossMinor: Math.round(expectedLoss(probability, lossShare, exposureMinor)),
      committedBeforeMinor: Math.round(standing.committedMinor),
      limitMinor: Math.round(standing.limitMinor),
      daysPastDue,
    },
  };
}

const isLine = (kind: ExposureKind): boolean => kind === "credit_line" || kind === "card" || kind === "overdraft";
