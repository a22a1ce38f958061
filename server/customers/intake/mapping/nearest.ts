/** The known word nearest to a misspelt one, when it is near enough to be meant: at most a third of its letters wrong. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  const wanted = plain(word);
  for (const candidate of known.slice(0, 2000)) {
    const distance = plain(candidate) === wanted ? 0 : distanceOf(wanted.slice(0, 60), plain(candidate).slice(0, 60));
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** "; did you mean x?" or, for short lists, what is known. */
export function hint(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== null) {
    return `; did you mean ${near}?`;
  }
  return known.length === 0 ? "" : `; known are ${known.slice(0, 30).join(", ")}${known.length > 30 ? " …" : ""}`;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[\s_-]+/g, "");
}

/** Letters to change, add, leave out, or swap with their neighbour. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (before[j - 2] ?? 0) + 1 : change;
      next.push(Math.min(change, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
