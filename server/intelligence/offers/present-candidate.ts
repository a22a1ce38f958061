import type { Candidate, Reason } from "./action.ts";
import type { OfferCandidate, OfferReason } from "./contract.ts";

const minor = (amount: number): bigint => BigInt(Math.round(amount));

export const presentReason = ({ code, amountMinor, currency, share, on }: Reason): OfferReason => ({
  ...{ code, currency, share, on },
  amountMinor: amountMinor === null ? null : minor(amountMinor),
});

/** As it is told to a person; what customers earn the bank only to who may see it. */
export function presentCandidate(
  { actionId, kind, gate, until, reason, factors }: Candidate,
  withFactors: boolean,
  segmentName: string | null,
): OfferCandidate {
  return {
    ...{ actionId, kind, gate, until, segmentName: gate === "not_in_segment" || gate === "segment_gone" ? segmentName : null },
    ...{ reason: reason === null ? null : presentReason(reason) },
    factors:
      factors === null || !withFactors
        ? null
        : {
            ...{ propensity: factors.propensity, source: factors.source, context: factors.context, contextBy: [...factors.contextBy] },
            ...{ gainMinor: minor(factors.gainMinor), costMinor: minor(factors.costMinor), lossMinor: minor(factors.lossMinor) },
            ...{ lever: factors.lever, scoreMinor: minor(factors.score) },
          },
  };
}
