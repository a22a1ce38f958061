interface Edge {
  readonly from: string;
  readonly to: string;
}

export interface Placed {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  /** Steps from the middle: 0, 1 or 2. */
  readonly ring: 0 | 1 | 2;
}

const NEAR_MAX = 14;
const FAR_MAX = 14;

/**
 * Places in a box of `width` by `height`: the first node in the middle, who stands next to it around it, and who stands next to those outside, near to
 * whom they belong. More than fit a reader's eye are left out: 14 near, 14 far.
 */
export function layOut(ids: readonly string[], edges: readonly Edge[], { width, height }: { width: number; height: number }): Placed[] {
  const [middle] = ids;
  if (middle === undefined) return [];
  const next = (id: string) => edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  const near = [...new Set(next(middle))].filter((id) => ids.includes(id) && id !== middle).slice(0, NEAR_MAX);
  const inner = new Set([middle, ...near]);
  const far = near.flatMap((by) => next(by).map((id) => ({ id, by }))).filter(({ id }) => !inner.has(id) && ids.includes(id));
  const outer = [...new Map(far.map((one) => [one.id, one])).values()].slice(0, FAR_MAX);
  // Each near node gets as much of the circle as it has others behind it.
  const weights = near.map((id) => Math.max(1, outer.filter(({ by }) => by === id).length));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const placed: Placed[] = [{ id: middle, x: width / 2, y: height / 2, ring: 0 }];
  const radii = outer.length > 0 ? { 1: 0.25, 2: 0.43 } : { 1: 0.36, 2: 0.43 };
  const put = (id: string, turn: number, ring: 1 | 2) => {
    const angle = turn * 2 * Math.PI;
    placed.push({ id, ring, x: width * (0.5 + radii[ring] * Math.cos(angle)), y: height * (0.5 + radii[ring] * Math.sin(angle)) });
  };
  // The first stands beside the middle in a wide box and above it in a tall one, where there is room for its name.
  let start = (width > height ? 0.5 : 0.75) - (weights[0] ?? 1) / whole / 2;
  for (const [place, id] of near.entries()) {
    const part = (weights[place] ?? 1) / whole;
    put(id, start + part / 2, 1);
    const behind = outer.filter(({ by }) => by === id);
    for (const [at, one] of behind.entries()) put(one.id, start + (part * (at + 0.5)) / behind.length, 2);
    start += part;
  }
  return placed;
}

const LINES_MAX = 3;

/** A name in lines of about so many letters, broken between words; beyond three lines it ends in an ellipsis. */
export function inLines(name: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of name.split(/\s+/).filter((one) => one !== "")) {
    const last = lines.at(-1);
    if (last !== undefined && [...last].length + [...word].length < letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= LINES_MAX ? lines : [...lines.slice(0, LINES_MAX - 1), `${lines[LINES_MAX - 1]}…`];
}
