const USER_AGENT_CHARACTERS_MAX = 300;
const TEXT_CHARACTERS_MAX = 200;

// Control characters forge lines and move a terminal's cursor; direction marks hide what a line says; lone surrogates are no text at all.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const TRICKS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu;

/** Text from outside as the trail may hold it: one line, without tricks, at most 200 characters. */
export function cleanText(text: string, charactersMax = TEXT_CHARACTERS_MAX): string {
  return text
    .slice(0, charactersMax * 4)
    .replace(TRICKS, "\ufffd")
    .slice(0, charactersMax)
    .replace(/\p{Surrogate}$/u, "");
}

/** The name a browser gives itself; null when it gives none. */
export function cleanUserAgent(text: string | null): string | null {
  const clean = cleanText(text ?? "", USER_AGENT_CHARACTERS_MAX);
  return clean === "" ? null : clean;
}

const CURSOR = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)_(\d{1,18})$/;

/** Where a page of the trail ended; null when the text is none. */
export function readCursor(text: string): { at: string; eventId: string } | null {
  const found = CURSOR.exec(text);
  return found === null ? null : { at: found[1] ?? "", eventId: found[2] ?? "" };
}

export function writeCursor(at: string, eventId: string): string {
  return `${at}_${eventId}`;
}

/** The ids in the path of a refused request, and what they name: the first one's kind (`customerId` is a customer). */
export function refusedSubjects(params: Readonly<Record<string, unknown>>): { kind: string; ids: string[] } {
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  const named = Object.entries(params).filter((entry): entry is [string, string] => typeof entry[1] === "string" && uuid.test(entry[1]));
  const kind = named[0]?.[0].replace(/Id$/, "").replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) ?? "endpoint";
  return { kind, ids: named.slice(0, 1).map(([, id]) => id.toLowerCase()) };
}
