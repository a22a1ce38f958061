/** The queue as it was when a pair was opened from it, to go on to the next without going back. Ids only; gone when the page is loaded anew. */
interface Trail {
  readonly pairs: readonly { readonly a: string; readonly b: string }[];
  readonly href: string;
}

let trail: Trail = { pairs: [], href: "/identity" };

export function leaveTrail(next: Trail): void {
  trail = next;
}

export interface Neighbours {
  /** From 1; null when this pair was not opened from a list. */
  readonly place: number | null;
  readonly total: number;
  readonly previous: { readonly a: string; readonly b: string } | null;
  readonly next: { readonly a: string; readonly b: string } | null;
  readonly href: string;
}

export function neighboursOf(
  { a, b }: { readonly a: string; readonly b: string },
  isGone: (pair: Trail["pairs"][number]) => boolean,
): Neighbours {
  const at = trail.pairs.findIndex((pair) => pair.a === a && pair.b === b);
  const open = (pair: Trail["pairs"][number]): boolean => !isGone(pair);
  return {
    place: at < 0 ? null : at + 1,
    total: trail.pairs.length,
    previous: at < 0 ? null : (trail.pairs.slice(0, at).findLast(open) ?? null),
    next: at < 0 ? null : (trail.pairs.slice(at + 1).find(open) ?? null),
    href: trail.href,
  };
}
