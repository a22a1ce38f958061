/** Levels of two days given as yyyymmdd, unknown parts 0: 0 missing, 1 exact, 2 a slip, 3 two of three parts, 4 a month apart, 5 a year, 6 different. */
export function compareBirths(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const aYear = (a / 10_000) | 0;
  const bYear = (b / 10_000) | 0;
  const aMonth = ((a / 100) | 0) % 100;
  const bMonth = ((b / 100) | 0) % 100;
  const aDay = a % 100;
  const bDay = b % 100;
  const isWhole = aMonth !== 0 && bMonth !== 0 && aDay !== 0 && bDay !== 0;
  if (!isWhole) {
    if (aYear !== bYear) return DIFFERENT;
    return aMonth === 0 || bMonth === 0 ? WITHIN_A_YEAR : aMonth === bMonth ? 3 : DIFFERENT;
  }
  if (a === b) return 1;
  if (aYear === bYear && aMonth === bDay && aDay === bMonth) return 2;
  if (isOneSlip(a, b)) return 2;
  const same = (aYear === bYear ? 1 : 0) + (aMonth === bMonth ? 1 : 0) + (aDay === bDay ? 1 : 0);
  if (same === 2) return 3;
  // Months of 31 days: near enough to tell a month from a year.
  const apart = Math.abs((aYear - bYear) * DAYS_PER_YEAR + (aMonth - bMonth) * DAYS_PER_MONTH + aDay - bDay);
  return apart <= DAYS_PER_MONTH ? WITHIN_A_MONTH : apart <= DAYS_PER_YEAR ? WITHIN_A_YEAR : DIFFERENT;
}

const DAYS_PER_MONTH = 31;
const DAYS_PER_YEAR = 372;
const WITHIN_A_MONTH = 4;
const WITHIN_A_YEAR = 5;
const DIFFERENT = 6;

/** One digit differs, or two neighbours have changed places. */
function isOneSlip(a: number, b: number): boolean {
  let left = a;
  let right = b;
  let differing = 0;
  let place = 0;
  let firstAt = -2;
  let firstLeft = -1;
  let firstRight = -1;
  for (; left > 0 && right > 0; place += 1) {
    const x = left % 10;
    const y = right % 10;
    if (x !== y) {
      differing += 1;
      if (differing === 1) {
        firstAt = place;
        firstLeft = x;
        firstRight = y;
      } else if (differing > 2 || place !== firstAt + 1 || x !== firstRight || y !== firstLeft) return false;
    }
    left = (left / 10) | 0;
    right = (right / 10) | 0;
  }
  return differing > 0;
}
