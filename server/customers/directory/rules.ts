import type { CustomerSort, Filter } from "./contract.ts";

/** A place in a sorted list: the sort value and id of the last row shown. */
export interface Cursor {
  readonly value: string;
  readonly customerId: string;
}

export function writeCursor(cursor: Cursor): string {
  return JSON.stringify([cursor.value, cursor.customerId]);
}

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
const valueShape = {
  name: /^\P{Cc}{0,300}$/u,
  assets: /^-?\d{1,19}$/,
  debts: /^-?\d{1,19}$/,
  customerSince: /^(?:\d{4}-\d{2}-\d{2}|-infinity)$/,
  lastTransactionOn: /^(?:\d{4}-\d{2}-\d{2}|-infinity)$/,
} as const satisfies Record<CustomerSort, RegExp>;

/** null when the text is no cursor of a list in this order: it came from another list, or was made up. */
export function readCursor(text: string, sort: CustomerSort): Cursor | null {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(parts) || parts.length !== 2) return null;
  const [value, customerId] = parts as unknown[];
  if (typeof value !== "string" || typeof customerId !== "string") return null;
  return valueShape[sort].test(value) && uuid.test(customerId) ? { value, customerId } : null;
}

/** The groups a filter asks about, each once. */
export function groupsIn({ conditions }: Filter): string[] {
  const asked = conditions.flatMap((part) => {
    if ("match" in part) return groupsIn(part);
    return part.field === "member" ? part.value.map((id) => id.toLowerCase()) : [];
  });
  return [...new Set(asked)];
}

export interface TermAlternatives {
  readonly term: string;
  /** Other spellings; terms of sound end in a full stop, so that finding them by their beginning finds just them. */
  readonly alternatives: readonly string[];
}

/** One lexeme of a tsquery, quoted so that nothing in it is an operator. */
export function lexeme(term: string, prefix: boolean): string {
  return `'${term.replaceAll("\\", "\\\\").replaceAll("'", "''")}'${prefix ? ":*" : ""}`;
}

/** Words are joined by AND, the ways to spell one word by OR. null when there is nothing to look for. */
export function nameQuery(words: readonly TermAlternatives[]): string | null {
  if (words.length === 0) return null;
  return words
    .map(
      ({ term, alternatives }) => `(${[term, ...alternatives].map((spelling) => lexeme(spelling, !spelling.endsWith("."))).join(" | ")})`,
    )
    .join(" & ");
}

/** Several words just as they were typed: what ranks highest, and is found by walking short lists together instead of joining long ones. null for a single word. */
export function wholeWordsQuery(words: readonly TermAlternatives[]): string | null {
  return words.length < 2 ? null : words.map(({ term }) => lexeme(term, false)).join(" & ");
}

export type MatchedBy = "phone" | "account" | "identifier" | "customer_number" | "email" | "source_key";

const PHONE_DIGITS_MIN = 5;
const ACCOUNT_CHARACTERS_MIN = 5;
// A masked identifier may only be found by someone who has all of it: finding by its beginning would give it away digit by digit.
const IDENTIFIER_CHARACTERS_MIN = 5;

/** What the typed text could be besides a name. `text` has ASCII digits already (platform/text), `digits` is only them; `forms` gives the blind indexes of a number, two while their key changes. */
export function numberQueries(
  text: string,
  digits: string,
  forms: (number: string) => string[],
): { matchedBy: MatchedBy; query: string }[] {
  const compact = text.replaceAll(/[\s\-./()+]/g, "").toLowerCase();
  const queries: { matchedBy: MatchedBy; query: string }[] = [];
  const international = text.trim().startsWith("+");
  const looksLikeNumber = digits.length >= 4 && digits.length * 2 >= compact.length;
  if (!international && /^c?\d{4,12}$/.test(compact)) queries.push({ matchedBy: "customer_number", query: lexeme(`n${digits}`, false) });
  if (looksLikeNumber && digits.length >= PHONE_DIGITS_MIN && /^[\d\s\-./()+]+$/.test(text)) {
    const withCountry = digits.replace(/^00/, "");
    const national = withCountry.replace(/^0/, "");
    queries.push({ matchedBy: "phone", query: `${lexeme(`p${withCountry}`, true)} | ${lexeme(`p${national}`, true)}` });
  }
  if (!international && looksLikeNumber && /^[a-z0-9]+$/.test(compact)) {
    if (compact.length >= ACCOUNT_CHARACTERS_MIN) queries.push({ matchedBy: "account", query: lexeme(`a${compact}`, true) });
    if (compact.length >= IDENTIFIER_CHARACTERS_MIN)
      queries.push({
        matchedBy: "identifier",
        query: forms(compact)
          .map((form) => lexeme(`i${form}`, false))
          .join(" | "),
      });
    queries.push({ matchedBy: "source_key", query: lexeme(`k${compact}`, false) });
  }
  if (/^\S+@\S*$/.test(text)) queries.push({ matchedBy: "email", query: lexeme(`e${text.toLowerCase()}`, true) });
  return queries;
}

/** Latin, Arabic and other alphabets need two letters before a search says anything; one Chinese character does. */
export function isTooShort(folded: string): boolean {
  return folded.replaceAll(/\s/g, "").length < 2 && !/\p{Script=Han}/u.test(folded);
}

export interface Ranked {
  readonly own: boolean;
  readonly exactNumber: boolean;
  readonly nameWords: readonly string[];
  readonly wordsWanted: readonly string[];
  readonly weight: number;
}

/** Higher first: an exact number, then one's own customers, then names that hold the typed words whole, then those that begin with them, then the larger relationship. */
export function rank(candidate: Ranked): number {
  const whole = candidate.wordsWanted.filter((word) => candidate.nameWords.includes(word)).length;
  const begins = candidate.wordsWanted.filter((word) => candidate.nameWords.some((name) => name.startsWith(word))).length;
  const extra = Math.max(0, candidate.nameWords.length - candidate.wordsWanted.length);
  const share = candidate.wordsWanted.length === 0 ? 0 : (whole * 2 + begins) / (candidate.wordsWanted.length * 3);
  return (
    (candidate.exactNumber ? 1000 : 0) + share * 100 + (candidate.own ? 20 : 0) - extra * 2 + Math.min(9, Math.log10(1 + candidate.weight))
  );
}

const DAY_MS = 86_400_000;

/** The days (month and day: 229) from `today` (YYYY-MM-DD) to `days` later, both included; who was born on 29 February celebrates on the 28th in a common year. */
export function birthdaysWithin(today: string, days: number): number[] {
  const start = Date.parse(`${today}T00:00:00Z`);
  const found = new Set<number>();
  for (let day = 0; day <= days; day += 1) {
    const date = new Date(start + day * DAY_MS);
    found.add((date.getUTCMonth() + 1) * 100 + date.getUTCDate());
    const next = new Date(start + (day + 1) * DAY_MS);
    if (date.getUTCMonth() === 1 && date.getUTCDate() === 28 && next.getUTCMonth() === 2) found.add(229);
  }
  return [...found];
}
