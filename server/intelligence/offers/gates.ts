import type { Bank, GivenAnswer, OfferAction, OfferPolicy, Standing } from "./action.ts";
import type { Gate } from "./contract.ts";
import { dayAfter, daysBetween, yearsAt } from "./day.ts";
import type { Called } from "./signals.ts";

export interface Closed {
  readonly gate: Gate;
  /** From this day it may be open again. */
  readonly until: string | null;
}

const closed = (gate: Gate, until: string | null = null): Closed => ({ gate, until });

/** How many of a product one may hold before another is not new: a debit card comes with the account. */
const heldMax = (product: string): number => (product === "card" ? 1 : 0);

/**
 * The first gate that keeps the action from this customer on the day, in a fixed order: what is forbidden, then what would not suit, then what would be
 * too much; null: none. `called` is what calls for it. Pure.
 */
export function gateOf(
  action: OfferAction,
  of: Standing,
  called: Called,
  { policy, segmentIds }: Pick<Bank, "policy" | "segmentIds">,
  today: string,
): Closed | null {
  return (
    calls(action, of, called) ??
    eligible(action, of, today) ??
    belongs(action, of, segmentIds) ??
    permitted(action, of, policy, today) ??
    suits(action, of) ??
    spared(action, of.answers, policy, today)
  );
}

function calls(action: OfferAction, of: Standing, called: Called): Closed | null {
  if (!action.active) return closed("switched_off");
  if (of.isDeceased) return closed("deceased");
  // Who holds nothing any more is won back by somebody who asks why, not by an offer.
  if (action.kind === "sale" && [...of.held.values()].every((count) => count === 0)) return closed("gone");
  if (called.reason === null) return closed("not_called_for", called.until);
  if (action.product !== null && (of.held.get(action.product) ?? 0) > heldMax(action.product)) return closed("held");
  return null;
}

function eligible(action: OfferAction, of: Standing, today: string): Closed | null {
  if (!action.customerKinds.includes(of.kind)) return closed("not_for_kind");
  if (of.kind === "person" && of.bornOn !== null) {
    const years = yearsAt(of.bornOn, today);
    if (action.ageMin !== null && years < action.ageMin) return closed("too_young");
    if (action.ageMax !== null && years > action.ageMax) return closed("too_old");
  }
  if (action.countries !== null && (of.country === null || !action.countries.includes(of.country))) return closed("residence");
  return null;
}

/** A segment that cannot be asked has nobody in it; to belong to one is a profile. */
function belongs({ segmentId }: OfferAction, of: Standing, segmentIds: ReadonlySet<string>): Closed | null {
  if (segmentId === null) return null;
  if (!segmentIds.has(segmentId)) return closed("segment_gone");
  if (!of.mayProfile) return closed("profiling_refused");
  return of.segmentIds.has(segmentId) ? null : closed("not_in_segment");
}

function permitted(action: OfferAction, of: Standing, policy: OfferPolicy, today: string): Closed | null {
  if (action.usesProfile && !of.mayProfile) return closed("profiling_refused");
  return action.purpose === "marketing" ? (contactGate(of) ?? channelGate(of.marketingBy, of.answers, policy, today)) : null;
}

const WEEK_DAYS = 7;

/** The day from which a channel may be used again; null: now. */
function restsUntil(channel: string, answers: readonly GivenAnswer[], policy: OfferPolicy, today: string): string | null {
  const most = channel === "phone" ? policy.phoneWeek : channel === "email" ? policy.emailWeek : null;
  if (most === null) return null;
  const lately = answers.filter((answer) => answer.channel === channel && daysBetween(answer.on, today) < WEEK_DAYS).map(({ on }) => on);
  const frees = lately.sort().at(-most);
  return frees === undefined ? null : dayAfter(frees, WEEK_DAYS);
}

/** Of these channels, those the customer was not spoken to by often enough of late. A meeting is counted by the caps of days alone. */
export function restedChannels<Channel extends string>(
  channels: readonly Channel[],
  answers: readonly GivenAnswer[],
  policy: OfferPolicy,
  today: string,
): Channel[] {
  return channels.filter((channel) => restsUntil(channel, answers, policy, today) === null);
}

/** Closed while every channel that is open rests. */
export function channelGate(
  channels: readonly string[],
  answers: readonly GivenAnswer[],
  policy: OfferPolicy,
  today: string,
): Closed | null {
  if (restedChannels(channels, answers, policy, today).length > 0) return null;
  const frees = channels.map((channel) => restsUntil(channel, answers, policy, today) ?? today).sort();
  return closed("contact_cap", frees[0] ?? null);
}

/** Marketing needs one channel that is open. What the customer said themselves is told before what was never asked. */
export function contactGate({ marketingBy, marketingRefused }: Pick<Standing, "marketingBy" | "marketingRefused">): Closed | null {
  if (marketingBy.length > 0) return null;
  if (marketingRefused.some((reason) => reason === "objected" || reason === "withdrawn")) return closed("objected");
  return closed(marketingRefused.includes("no_consent") ? "no_consent" : "not_contactable");
}

/** Of the income, what all instalments may take together with a new one. */
const INSTALMENTS_MAX = 0.4;
/** Months of spending that stay at hand before money is tied or put at risk. */
const CUSHION_MONTHS = 3;

/** Service goes before sales: who is in trouble, or under suspicion, is not sold anything. */
function suits(action: OfferAction, of: Standing): Closed | null {
  if (action.kind !== "sale") return null;
  if (of.fraud.alerts > 0) return closed("fraud_alert");
  if (of.inArrears || of.isWatched) return closed("in_difficulty");
  if (action.defaultMax !== null && of.defaultShare !== null && of.defaultShare > action.defaultMax) return closed("credit_policy");
  if (action.lossMinor > 0 && of.kind === "person" && action.product !== "card") {
    const incomeMinor = of.salaryMinor > 0 ? of.salaryMinor : of.inMonthMinor;
    if (incomeMinor <= 0 || of.instalmentsMinor > INSTALMENTS_MAX * incomeMinor) return closed("unaffordable");
  }
  if ((action.product === "investment" || action.product === "term_deposit") && of.liquidMinor < CUSHION_MONTHS * of.outMonthMinor)
    return closed("no_cushion");
  return null;
}

const AGREED_DAYS = 30;
const DUTY_DAYS = 3;

/** What the customer answered lately, and how often they were spoken to of late. Duties only rest for some days, and count towards no cap. */
export function spared(
  action: Pick<OfferAction, "actionId" | "kind">,
  answers: readonly GivenAnswer[],
  policy: OfferPolicy,
  today: string,
): Closed | null {
  const own = answers.filter(({ actionId }) => actionId === action.actionId).toSorted((a, b) => (a.on < b.on ? 1 : -1));
  const [last] = own;
  const resting = (gate: Gate, days: number): Closed | null =>
    last !== undefined && daysBetween(last.on, today) < days ? closed(gate, dayAfter(last.on, days)) : null;
  if (action.kind === "duty")
    return resting(last?.answer === "agreed" ? "agreed_already" : "put_off", last?.answer === "agreed" ? AGREED_DAYS : DUTY_DAYS);
  if (last?.answer === "declined") {
    const refused = own.filter(({ answer, on }) => answer === "declined" && daysBetween(on, last.on) <= policy.refusedDays).length;
    const rest = refused >= policy.refusedMax ? resting("refused_twice", policy.pauseDays) : resting("refused_lately", policy.laterDays);
    if (rest !== null) return rest;
  }
  if (last?.answer === "later") return resting("put_off", policy.laterDays) ?? capped(answers, policy, today);
  if (last?.answer === "agreed") return resting("agreed_already", AGREED_DAYS) ?? capped(answers, policy, today);
  return capped(answers, policy, today);
}

function capped(answers: readonly GivenAnswer[], policy: OfferPolicy, today: string): Closed | null {
  for (const [days, most] of [
    [1, policy.contactsDay],
    [7, policy.contactsWeek],
    [30, policy.contactsMonth],
  ] as const) {
    const within = answers
      .filter(({ on }) => daysBetween(on, today) < days)
      .map(({ on }) => on)
      .sort();
    const frees = within.at(-most);
    if (frees !== undefined) return closed("contact_cap", dayAfter(frees, days));
  }
  return null;
}
