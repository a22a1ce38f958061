/** What is looked at of one customer, at the day learned from and at the end of the horizon. */
export interface Standing {
  readonly accounts: number;
  readonly savings: number;
  /** Days since the customer decided a booking; NaN: never. */
  readonly quietDays: number;
  readonly assetsMinor: number;
  readonly hasSalary: boolean;
}

/** The customer is here: an account to leave with, and something decided in the last three months. */
export function isHere({ accounts, savings, quietDays }: Standing): boolean {
  return accounts + savings > 0 && quietDays <= 92;
}

export const QUIET_DAYS = 60;
export const ASSETS_LEFT = 0.3;

/**
 * Who left within the horizon: all current and savings accounts are closed; or, in silence, nothing was decided for 60 days, no salary comes, and at most
 * 30 % of the money is still there. A bank that sees only closings sees leavers when they have been gone for months.
 */
export function hasLeft(before: Standing, after: Standing | null): "closed" | "silent" | null {
  if (after === null || after.accounts + after.savings === 0) return "closed";
  const isQuiet = !(after.quietDays < QUIET_DAYS);
  return isQuiet && !after.hasSalary && after.assetsMinor <= ASSETS_LEFT * Math.max(before.assetsMinor, 0) ? "silent" : null;
}
