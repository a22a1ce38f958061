import type { TierRules } from "../value/contract.ts";
import { decideTier, type TierDecision } from "../value/index.ts";
import { monthAfter } from "./rules.ts";
import type { TierMove, TierRow, TierState } from "./tier-store.ts";

export interface TierVersion {
  readonly versionNo: number;
  readonly rules: TierRules;
}

/** Profit of the twelve months up to each month end, and the volume then; month ends before the customer's first month are left out. */
export function rolling(months: TierRow["months"], ends: readonly string[]): { month: string; valueMinor: number; volumeMinor: number }[] {
  const first = months[0]?.month;
  return ends
    .filter((end) => first !== undefined && end >= first)
    .map((end) => {
      const since = monthAfter(end, -11);
      const year = months.filter(({ month }) => month >= since && month <= end);
      return {
        month: end,
        valueMinor: year.reduce((sum, { profitMinor }) => sum + profitMinor, 0),
        volumeMinor: year.find(({ month }) => month === end)?.volumeMinor ?? 0,
      };
    });
}

/**
 * The tier of a customer after those `ends` of months (their first days, oldest first) not yet looked at, one after the other, and the moves on the way. A month end that was looked at already is
 * looked at again for what acts at once (more value, arrears, an appeal); a fall waits for the next one, so that looking twice changes nothing.
 */
export function decideTiers(
  row: TierRow,
  ends: readonly string[],
  versionOf: (month: string) => TierVersion | undefined,
): { state: TierState | null; moves: TierMove[] } {
  const values = rolling(row.months, ends);
  const last = values.at(-1);
  const moves: TierMove[] = [];
  let state: TierState | null = row.state === null ? null : { ...row.state, customerId: row.customerId, reasons: [], versionNo: 0 };
  const before = state;
  for (const { month, valueMinor, volumeMinor } of values) {
    const version = versionOf(month);
    if (version === undefined || (state !== null && month < state.month)) continue;
    const day = monthAfter(month, 1);
    const decision: TierDecision = decideTier(
      state,
      {
        ...{ valueMinor, volumeMinor },
        // What is in arrears today was not always so.
        hasBadReputation: row.inArrears && month === last?.month,
        appeal: row.appeal !== null && (row.appeal.since <= day || month === last?.month) ? row.appeal : null,
      },
      { ...version.rules, version: version.versionNo },
      day,
    );
    if (state !== null && month === state.month && !actsAtOnce(decision, state)) continue;
    if (decision.move !== "stay") {
      const { move, tier, reasons } = decision;
      moves.push({
        ...{ customerId: row.customerId, fromTier: state?.tier ?? null, toTier: tier, move },
        onDay: day,
        reasons,
        versionNo: version.versionNo,
      });
    }
    const { tier, since, belowCount, reasons } = decision;
    state = { ...{ customerId: row.customerId, tier, since, belowCount, month, reasons }, versionNo: version.versionNo };
  }
  return { state: state === before ? null : state, moves };
}

/** Whether a second look at the same month end may change something: it rises, its reasons changed, but nothing counts against the customer twice. */
function actsAtOnce({ move, belowCount, reasons }: TierDecision, state: TierState): boolean {
  if (move === "rise") return true;
  if (reasons.some(({ code }) => code === "bad_reputation" || code === "appeal")) return true;
  return move === "stay" && belowCount <= state.belowCount;
}
