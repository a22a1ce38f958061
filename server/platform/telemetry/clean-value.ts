import { errorForLog } from "./error-for-log.ts";

const TEXT_CHARACTERS_MAX = 2_000;
const DEPTH_MAX = 6;
const ENTRIES_MAX = 50;

// Names under which secrets and people's data travel. Logging one is a mistake; this makes it a harmless one.
const SECRET =
  /^(.*password.*|.*secret.*|.*token.*|cookies?|set-cookie|authorization|body|params|query|parameters|headers|payload|detail|phone|email|.*national.?id.*|.*account.?number.*)$/i;
// JSON escapes line breaks and ESC. These it does not: C1 controls move a terminal's cursor too, and direction marks hide what a line says.
const TERMINAL_TRICKS = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

export function cleanText(text: string): string {
  const short = text.length > TEXT_CHARACTERS_MAX ? `${text.slice(0, TEXT_CHARACTERS_MAX)}… (${text.length} characters)` : text;
  return short.replace(TERMINAL_TRICKS, "\ufffd");
}

/** A value as a log line may hold it: secrets by name left out, texts cut to 2,000 characters, lists and objects to 50 entries, 6 deep. */
export function cleanValue(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  if (value instanceof Error) return cleanValue(errorForLog(value), depth);
  if (depth >= DEPTH_MAX || ArrayBuffer.isView(value)) return "[cut]";
  if (Array.isArray(value)) return value.slice(0, ENTRIES_MAX).map((item) => cleanValue(item, depth + 1));
  const entries = Object.entries(value).slice(0, ENTRIES_MAX);
  return Object.fromEntries(
    entries.map(([name, item]) => [cleanText(name), SECRET.test(name) ? "[left out]" : cleanValue(item, depth + 1)]),
  );
}
