import { sqlState } from "../db/index.ts";

const TEXT_CHARACTERS_MAX = 500;
const CAUSES_MAX = 4;

/**
 * An error as a log may hold it. PostgreSQL repeats values in its message, detail and where clause, so of its errors only the state
 * and the names of constraint and table are kept; of all others the message, cut to one short line.
 */
export function errorForLog(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const state = sqlState(error);
  const named = error as { code?: unknown; constraint?: unknown; table?: unknown };
  return {
    name: error.name,
    ...(state === null
      ? { message: oneLine(error.message), ...(typeof named.code === "string" ? { code: named.code } : {}) }
      : { sqlState: state, constraint: named.constraint, table: named.table }),
    stack: (error.stack ?? "")
      .split("\n")
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(error.cause === undefined || depth >= CAUSES_MAX ? {} : { cause: errorForLog(error.cause, depth + 1) }),
  };
}

/** Line breaks and control characters could forge log lines. */
function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, " ").slice(0, TEXT_CHARACTERS_MAX);
}
