/** Levels of two days given as yyyymmdd, unknown parts 0: 0 missing, 1 exact, 2 a slip, 3 two of three parts, 4 the year, 5 different. */
export function compareBirths(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const [aYear, aMonth, aDay] = [(a / 10_000) | 0, ((a / 100) | 0) % 100, a % 100];
  const [bYear, bMonth, bDay] = [(b / 10_000) | 0, ((b / 100) | 0) % 100, b % 100];
  const isWhole = aMonth !== 0 && bMonth !== 0 && aDay !== 0 && bDay !== 0;
  if (!isWhole) {
    if (aYear !== bYear) return 5;
    return aMonth === 0 || bMonth === 0 ? 4 : aMonth === bMonth ? 3 : 5;
  }
  if (a === b) return 1;
  if (aYear === bYear && aMonth === bDay && aDay === bMonth) return 2;
  if (isOneSlip(a, b)) return 2;
  const same = (aYear === bYear ? 1 : 0) + (aMonth === bMonth ? 1 : 0) + (aDay === bDay ? 1 : 0);
  if (same === 2) return 3;
  return aYear === bYear ? 4 : 5;
}

/** One digit differs, or two neighbours have changed places. */
function isOneSlip(a: number, b: number): boolean {
  let [left, right] = [a, b];
  let differing = 0;
  let place = 0;
  let firstAt = -2;
  let firstLeft = -1;
  let firstRight = -1;
  for (; left > 0 && right > 0; place += 1) {
    const [x, y] = [left % 10, right % 10];
    if (x !== y) {
      differing += 1;
      if (differing === 1) [firstAt, firstLeft, firstRight] = [place, x, y];
      else if (differing > 2 || place !== firstAt + 1 || x !== firstRight || y !== firstLeft) return false;
    }
    left = (left / 10) | 0;
    right = (right / 10) | 0;
  }
  return differing > 0;
}
