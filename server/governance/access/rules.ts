/** Ten wrong passwords lock an account for half an hour (PCI DSS 8.3.4). */
export const signInLimits = { failuresMax: 10, lockMinutes: 30 } as const;

export interface SessionLimits {
  readonly idleMinutes: number;
  readonly absoluteHours: number;
  readonly perPersonMax: number;
  /** "required": nobody gets in by a password alone; who has no second factor yet sets one up at the next sign-in. */
  readonly secondFactor: "offered" | "required";
}

/** A session ends after 15 minutes without a request (PCI DSS 8.2.8), and after ten hours in any case, unless the bank says otherwise. */
export const defaultSessionLimits: SessionLimits = { idleMinutes: 15, absoluteHours: 10, perPersonMax: 5, secondFactor: "offered" };

/** A request within this time of the last one does not write that it was there. */
export const touchSeconds = 60;

/** What stands on an account after one more wrong password. */
export function afterFailure(failedCount: number, now: Date): { failedCount: number; lockedUntil: Date | null } {
  const failures = failedCount + 1;
  const locked = failures >= signInLimits.failuresMax;
  return { failedCount: locked ? 0 : failures, lockedUntil: locked ? addMinutes(now, signInLimits.lockMinutes) : null };
}

export function isLocked(lockedUntil: Date | null, now: Date): boolean {
  return lockedUntil !== null && lockedUntil > now;
}

export function sessionExpiry(createdAt: Date, limits: SessionLimits): Date {
  return addMinutes(createdAt, limits.absoluteHours * 60);
}

interface SessionTimes {
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

export function isSessionAlive(session: SessionTimes, now: Date, limits: SessionLimits): boolean {
  return session.revokedAt === null && session.expiresAt > now && addMinutes(session.lastSeenAt, limits.idleMinutes) > now;
}

function addMinutes(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}
