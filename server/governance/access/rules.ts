/** Ten wrong passwords lock an account for half an hour (PCI DSS 8.3.4). */
export const signInLimits = { failuresMax: 10, lockMinutes: 30 } as const;

/** A session ends after 15 minutes without a request (PCI DSS 8.2.8), and after ten hours in any case. */
export const sessionLimits = { idleMinutes: 15, absoluteHours: 10, perPersonMax: 5, touchSeconds: 60 } as const;

/** What stands on an account after one more wrong password. */
export function afterFailure(failedCount: number, now: Date): { failedCount: number; lockedUntil: Date | null } {
  const failures = failedCount + 1;
  const locked = failures >= signInLimits.failuresMax;
  return { failedCount: locked ? 0 : failures, lockedUntil: locked ? addMinutes(now, signInLimits.lockMinutes) : null };
}

export function isLocked(lockedUntil: Date | null, now: Date): boolean {
  return lockedUntil !== null && lockedUntil > now;
}

export function sessionExpiry(createdAt: Date): Date {
  return addMinutes(createdAt, sessionLimits.absoluteHours * 60);
}

export function isSessionAlive(session: { lastSeenAt: Date; expiresAt: Date; revokedAt: Date | null }, now: Date): boolean {
  return session.revokedAt === null && session.expiresAt > now && addMinutes(session.lastSeenAt, sessionLimits.idleMinutes) > now;
}

function addMinutes(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}
