import { type Permission, rulingPermissions } from "../permissions/contract.ts";

/** Whether a role rules over people, roles or the trail. The database asks the same (`governance.ruling_permissions`). */
export function isRuling(permissions: readonly Permission[]): boolean {
  return permissions.some((permission) => (rulingPermissions as readonly Permission[]).includes(permission));
}

export type DaysFault = "days_turned" | "days_too_many" | "days_past";

const DELEGATION_DAYS_MAX = 366;
const DAY_MS = 86_400_000;

/** What is wrong with the days of a deputy, or null. `today` is a day of UTC. */
export function delegationFault(days: { validFrom: string; validUntil: string }, today: string): DaysFault | null {
  if (days.validUntil < days.validFrom) return "days_turned";
  if (days.validUntil < today) return "days_past";
  return (Date.parse(days.validUntil) - Date.parse(days.validFrom)) / DAY_MS > DELEGATION_DAYS_MAX ? "days_too_many" : null;
}

/** What is wrong with the days of a grant, or null; open at the end when `validUntil` is null. */
export function grantFault(days: { validFrom: string; validUntil: string | null }, today: string): DaysFault | null {
  if (days.validUntil === null) return null;
  if (days.validUntil < days.validFrom) return "days_turned";
  return days.validUntil < today ? "days_past" : null;
}

export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);
