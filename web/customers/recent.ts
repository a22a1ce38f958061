/** Enough for an hour's work. */
export const recentMax = 10;

const storageKey = (userId: string): string => `vinculo-recent-customers-${userId}`;

/**
 * Whom this person opened last in this browser, latest first. Ids alone are kept: names are asked of the server each time, which also leaves
 * out whoever has moved out of reach.
 */
export function recentIds(userId: string): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey(userId)) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id): id is string => typeof id === "string").slice(0, recentMax) : [];
  } catch {
    return []; // damaged or forbidden storage: nothing is remembered
  }
}

export function rememberOpened(userId: string, customerId: string): void {
  try {
    localStorage.setItem(storageKey(userId), JSON.stringify(putFirst(recentIds(userId), customerId)));
  } catch {
    // storage is full or forbidden: the page works without a memory
  }
}

export function putFirst(ids: readonly string[], id: string): readonly string[] {
  return [id, ...ids.filter((other) => other !== id)].slice(0, recentMax);
}
