import type { Standing } from "./answers.ts";

export interface Outcome {
  /** Empty: allowed. */
  readonly reasons: readonly Standing["decisions"][number]["refusals"][number]["reason"][];
  /** The records on which it was said. */
  readonly partyIds: readonly string[];
  readonly channels: readonly Standing["decisions"][number]["channel"][];
}

/** Channels for which the same holds for the same reasons, together; what is allowed first. */
export function outcomesOf({ decisions }: Pick<Standing, "decisions">): Outcome[] {
  const found = new Map<string, Outcome>();
  for (const { channel, refusals } of decisions) {
    const reasons = [...new Set(refusals.map(({ reason }) => reason))];
    const partyIds = [...new Set(refusals.flatMap(({ partyId }) => partyId ?? []))];
    const key = [...reasons, ...partyIds].join(" ");
    found.set(key, { reasons, partyIds, channels: [...(found.get(key)?.channels ?? []), channel] });
  }
  return [...found.values()].sort((a, b) => a.reasons.length - b.reasons.length);
}
