/** Whether a file name fits a pattern in which * stands for any characters and ? for one. Case counts. Linear in both lengths. */
export function matchesGlob(name: string, pattern: string): boolean {
  let n = 0;
  let p = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    if (p < pattern.length && pattern[p] === "*") {
      star = p;
      p += 1;
      resume = n;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === name[n])) {
      p += 1;
      n += 1;
    } else if (star >= 0) {
      p = star + 1;
      resume += 1;
      n = resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") {
    p += 1;
  }
  return p === pattern.length;
}

/** What the * and ? of the pattern stand for in the name, from the left, each * as short as it can be; null when the name does not fit. */
export function caughtByGlob(name: string, pattern: string): string[] | null {
  if (!matchesGlob(name, pattern)) return null;
  const segments = pattern.split("*");
  const caught: string[] = [];
  let at = 0;
  for (const [index, segment] of segments.entries()) {
    const isLast = index > 0 && index === segments.length - 1;
    const start = isLast ? name.length - segment.length : placeOf(segment, name, at, index === 0);
    if (index > 0) caught.push(name.slice(at, start));
    caught.push(...[...segment.matchAll(/\?/g)].map((mark) => name.charAt(start + mark.index)));
    at = start + segment.length;
  }
  return caught;
}

function placeOf(segment: string, name: string, from: number, here: boolean): number {
  const fits = (start: number) => segment.split("").every((letter, offset) => letter === "?" || letter === name[start + offset]);
  let start = from;
  while (!here && !fits(start) && start < name.length) start += 1;
  return start;
}
