const DAY_MS = 86_400_000;

/** A day means its end (UTC), a moment itself; what lies ahead means now, because nothing is known yet of later. */
export function knownAt(knownOn: string | undefined, now: Date): Date {
  const moment = endOf(knownOn);
  return moment === null || moment > now ? now : moment;
}

/** As knownAt, but days ahead stay: sources know of them. null: not asked for. */
export function validAt(validOn: string | undefined): Date | null {
  return endOf(validOn);
}

function endOf(day: string | undefined): Date | null {
  if (day === undefined) return null;
  if (day.includes("T")) return new Date(day);
  return new Date(new Date(`${day}T00:00:00Z`).getTime() + DAY_MS - 1);
}
