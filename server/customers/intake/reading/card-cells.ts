import { hideCardNumbers } from "../../../platform/text/index.ts";

/** Which cells of a row are looked through for card numbers, and which are left empty whatever they hold (0 = c1). */
export interface CardCells {
  readonly looked: readonly number[];
  readonly dropped: readonly number[];
}

const LOOKED = 1;
const DROPPED = 2;

/** Per column what is done with its cells; columns behind it are not looked at. */
export function columnActs({ looked, dropped }: CardCells): Uint8Array {
  const acts = new Uint8Array(Math.max(-1, ...looked, ...dropped) + 1);
  for (const column of looked) acts[column] = LOOKED;
  for (const column of dropped) acts[column] = DROPPED;
  return acts;
}

/** A cell with its card numbers hidden. */
export function hideInCell(cell: string, act: number | undefined): string {
  if (act === DROPPED) return "";
  return act === LOOKED ? hideCardNumbers(cell) : cell;
}

const TAB = 9;
const BACKSLASH = 92;
/** The shortest card number has so many digits. */
const DIGITS_MIN = 14;

/**
 * Whether a row of COPY text may hold something to hide: every row of a load is asked, so its bytes are walked once and nothing is made of them. Too many are
 * taken for one, none is missed: digits of the three sets that are read as such, with at most one sign between two of them (platform/text/card-number.ts).
 */
export function mayHoldCard(row: Uint8Array, from: number, end: number, acts: Uint8Array): boolean {
  let [column, digits, signs] = [0, 0, 0];
  for (let at = from; at < end; at += 1) {
    const byte = row[at] as number;
    if (byte === TAB) {
      column += 1;
      if (column >= acts.length) return false;
      digits = 0;
      continue;
    }
    const act = acts[column];
    if (act === 0) continue;
    if (act === DROPPED) return true;
    const kind = kindOf(byte, row[at + 1] as number, row[at + 2] as number);
    if (kind === DIGIT) {
      digits = signs > 1 ? 1 : digits + 1;
      signs = 0;
      if (digits >= DIGITS_MIN) return true;
    } else if (kind === SIGN) {
      signs += 1;
      // A line break or a tab within a cell stands as two bytes.
      if (byte === BACKSLASH) at += 1;
    } else if (kind === OTHER) digits = 0;
  }
  return false;
}

const OTHER = 0;
const DIGIT = 1;
const SIGN = 2;
/** A byte within a sign that was looked at by its first one, or a sign that is not seen. */
const NOTHING = 3;

function kindOf(byte: number, second: number, third: number): number {
  if (byte < 0x80) {
    if (byte >= 48 && byte <= 57) return DIGIT;
    // - . / and a space, the underscore, what a line break or a backslash begins with, and blanks that need no backslash.
    return (byte >= 45 && byte <= 47) || byte === 32 || byte === 95 || byte === BACKSLASH || byte === 11 || byte === 12 ? SIGN : OTHER;
  }
  if (byte < 0xc0) return NOTHING;
  // Arabic-Indic and Persian digits; full-width ones; a mark of byte order, spaces and dashes, and what stands between without being seen.
  if (byte === 0xd9) return second >= 0xa0 && second <= 0xa9 ? DIGIT : OTHER;
  if (byte === 0xdb) return second >= 0xb0 && second <= 0xb9 ? DIGIT : OTHER;
  if (byte === 0xef && second === 0xbc) return third >= 0x90 && third <= 0x99 ? DIGIT : OTHER;
  return byte === 0xc2 || (byte >= 0xe1 && byte <= 0xe3) || byte === 0xef ? NOTHING : OTHER;
}
