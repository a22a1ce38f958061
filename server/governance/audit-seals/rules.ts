/** The sealer looks every three seconds, so that no row waits longer than five. */
export const SEAL_EVERY_MS = 3_000;

export const lateAfterSeconds = {
  /** Since the sealer last looked. */
  sealer: 15,
  /** Since the last seal, which a destination has not heard of. */
  destination: 60,
  /** Beyond the time a stamp is due. */
  stampGrace: 300,
} as const;

export interface AnchorState {
  readonly kind: "sealer" | "file" | "syslog" | "timestamp";
  readonly sealNo: string;
  readonly doneAt: Date | null;
  readonly problem: string | null;
  /** How often a time stamp is due. */
  readonly everyMinutes: number | null;
}

export interface LastSeal {
  readonly no: string;
  readonly sealedAt: Date;
}

/** Should an auditor be worried about this one? */
export function isLate(anchor: AnchorState, last: LastSeal | null, now: Date): boolean {
  const secondsSince = (moment: Date | null) => (moment === null ? Number.POSITIVE_INFINITY : (now.getTime() - moment.getTime()) / 1000);
  if (anchor.kind === "sealer") return anchor.problem !== null || secondsSince(anchor.doneAt) > lateAfterSeconds.sealer;
  if (last === null || BigInt(anchor.sealNo) >= BigInt(last.no)) return anchor.problem !== null;
  if (anchor.kind !== "timestamp") return anchor.problem !== null || secondsSince(last.sealedAt) > lateAfterSeconds.destination;
  return anchor.problem !== null || secondsSince(anchor.doneAt) > (anchor.everyMinutes ?? 0) * 60 + lateAfterSeconds.stampGrace;
}
