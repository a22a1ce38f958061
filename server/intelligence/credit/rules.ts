import type { CreditPolicy, ExposureKind } from "./policy/contract.ts";

const MONTH_DAYS = 30.4375;
const GRACE_DAYS = 5;

/**
 * The level payment of a loan: P·r / (1 - (1 + r)^-n), with r the rate of one month and n the months; P/n without interest.
 * Minor units of the loan's own currency, not rounded.
 */
export function instalmentOf(amountMinor: number, yearlyRate: number, months: number): number {
  if (months <= 0) return amountMinor;
  const rate = yearlyRate / 12;
  return rate === 0 ? amountMinor / months : (amountMinor * rate) / (1 - (1 + rate) ** -months);
}

/** What would be owed in a default: drawn + conversion x what may still be drawn (CRR, article 166). Never below what is drawn. */
export function exposureAtDefault(policy: CreditPolicy, kind: ExposureKind, drawnMinor: number, limitMinor: number): number {
  return drawnMinor + policy.conversion[kind] * Math.max(0, limitMinor - drawnMinor);
}

/**
 * Share of the exposure lost in a default: that of the kind, or with collateral what its value after the haircut does not cover
 * of it, and never below the floor.
 */
export function lossGivenDefault(policy: CreditPolicy, kind: ExposureKind, exposureMinor: number, collateralMinor = 0): number {
  const plain = policy.lossGivenDefault[kind];
  if (collateralMinor <= 0 || exposureMinor <= 0) return plain;
  const uncovered = Math.max(0, 1 - (collateralMinor * (1 - policy.collateralHaircut)) / exposureMinor);
  return Math.max(policy.lossFloor, Math.min(plain, uncovered));
}

/** Expected loss = PD x LGD x EAD (Basel II, paragraph 375). */
export function expectedLoss(probability: number, lossShare: number, exposureMinor: number): number {
  return probability * lossShare * exposureMinor;
}

/** The band of a chance; the last for customers in default. */
export function bandOf(policy: CreditPolicy, probability: number, inDefault = false): string {
  const { bands } = policy;
  const last = bands.at(-1)?.code ?? "";
  if (inDefault) return last;
  return bands.slice(0, -1).find(({ upTo }) => probability <= upTo)?.code ?? bands.at(-2)?.code ?? last;
}

/** How many bands worse `now` is than `before`; below 0 where it is better; 0 where one is unknown to the policy. */
export function notchesWorse(policy: CreditPolicy, before: string, now: string): number {
  const place = (code: string) => policy.bands.findIndex((band) => band.code === code);
  return place(before) < 0 || place(now) < 0 ? 0 : place(now) - place(before);
}

/** The chance by days past due alone. */
export function arrearsProbability(policy: CreditPolicy, daysPastDue: number): number {
  return policy.arrears.find(({ days }) => daysPastDue <= days)?.probability ?? policy.arrears.at(-1)?.probability ?? 1;
}

/** A chance within `months` as one within a year, were every stretch alike: 1 - (1 - p)^(12 / months). */
export function withinAYear(probability: number, months: number): number {
  return 1 - (1 - probability) ** (12 / months);
}

export type Suggestion = "approve" | "refer" | "decline";

/** Why an application is not simply approved. Empty for approve. */
export interface Judged {
  readonly suggestion: Suggestion;
  readonly because: readonly ("probability" | "debt_service" | "limit" | "in_arrears" | "no_history")[];
}

export interface Asked {
  readonly probability: number;
  /** All instalments a month over usual income a month; null without income here. */
  readonly debtService: number | null;
  readonly daysPastDue: number;
  /** Would the limit of the customer or of the group be exceeded? */
  readonly overLimit: boolean;
  readonly hasHistory: boolean;
}

/** What the bank's rules suggest; a person decides. Anything but a clear yes or no is referred. */
export function suggestionOf(policy: CreditPolicy, asked: Asked): Judged {
  const { approveUpTo, declineFrom, debtServiceMax } = policy.suggestion;
  const because: Judged["because"][number][] = [];
  if (asked.probability > approveUpTo) because.push("probability");
  if (asked.debtService !== null && asked.debtService > debtServiceMax) because.push("debt_service");
  if (asked.overLimit) because.push("limit");
  if (asked.daysPastDue > 0) because.push("in_arrears");
  if (!asked.hasHistory || asked.debtService === null) because.push("no_history");
  const declined = asked.probability >= declineFrom || asked.daysPastDue >= policy.watch.arrearsDays;
  return { suggestion: declined ? "decline" : because.length === 0 ? "approve" : "refer", because };
}

/** Days since an instalment was due and not paid: instalments come monthly, so one is due a month after the last. A few days are week-ends and post. */
export function daysPastDue(lastPaidDay: number, today: number): number {
  const days = Math.floor(today - lastPaidDay - MONTH_DAYS);
  return days <= GRACE_DAYS ? 0 : days;
}

export interface WatchFacts {
  readonly daysPastDue: number;
  readonly band: string;
  readonly bandBefore: string | null;
  /** Committed over the limit. */
  readonly utilisation: number | null;
  readonly salaryStopped: boolean;
  readonly overLimit: boolean;
  readonly drawnMinor: number;
}

export const watchRules = ["arrears", "limit", "band", "worsened", "utilisation", "salary_stopped"] as const;
export type WatchRule = (typeof watchRules)[number];

/** The rules that would put a customer on the watch list, the gravest first. Who owes nothing is not watched. */
export function watchReasons(policy: CreditPolicy, facts: WatchFacts): WatchRule[] {
  const { watch } = policy;
  if (facts.drawnMinor <= 0) return [];
  const holds: Record<WatchRule, boolean> = {
    arrears: facts.daysPastDue >= watch.arrearsDays,
    limit: facts.overLimit,
    band: notchesWorse(policy, watch.bandFrom, facts.band) >= 0 && policy.bands.some(({ code }) => code === watch.bandFrom),
    worsened: facts.bandBefore !== null && notchesWorse(policy, facts.bandBefore, facts.band) >= watch.notches,
    utilisation: facts.utilisation !== null && facts.utilisation >= watch.utilisation,
    salary_stopped: watch.salaryStopped && facts.salaryStopped,
  };
  return watchRules.filter((rule) => holds[rule]);
}
