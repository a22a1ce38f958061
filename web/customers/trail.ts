/** The list a person came from, to go on to the next in it without going back. Ids only; it is gone when the browser tab is. */
export interface Trail {
  readonly ids: readonly string[];
  /** How many there are in all, as far as known. */
  readonly total: number | null;
  /** The address of the list, with its filter and order. */
  readonly href: string;
  /** Fetches the rows behind the last one; null at the end of the list. */
  readonly more: (() => Promise<readonly string[]>) | null;
}

const storageKey = "vinculo-trail";
let current: Trail | null = null;

export function leaveTrail(trail: Trail): void {
  current = trail;
  try {
    sessionStorage.setItem(storageKey, JSON.stringify({ ids: trail.ids, total: trail.total, href: trail.href }));
  } catch {
    // storage is full or forbidden: the way through the list is known until the page is loaded anew
  }
}

/** After a reload the ids are known, the rows behind them are not. */
export function readTrail(): Trail | null {
  if (current !== null) return current;
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? "null") as Partial<Trail> | null;
    const fits = stored !== null && Array.isArray(stored.ids) && typeof stored.href === "string";
    current = fits ? { ids: stored.ids as string[], total: stored.total ?? null, href: stored.href as string, more: null } : null;
  } catch {
    current = null;
  }
  return current;
}

export interface Neighbours {
  /** From 1. */
  readonly place: number;
  readonly previous: string | null;
  readonly next: string | null;
}

/** null when the customer is not of this list: opened from elsewhere. */
export function neighboursOf(ids: readonly string[], customerId: string): Neighbours | null {
  const at = ids.indexOf(customerId);
  return at < 0 ? null : { place: at + 1, previous: ids[at - 1] ?? null, next: ids[at + 1] ?? null };
}
