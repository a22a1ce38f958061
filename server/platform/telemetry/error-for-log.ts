import { sqlState } from "../db/index.ts";

const CAUSES_MAX = 4;
const FRAMES_MAX = 12;
// "invalid input syntax for type date: ..." repeats the value; all other classes name only tables, columns and constraints.
const CLASSES_WITH_VALUES = new Set(["22", "P0"]);

/**
 * An error as a log may hold it. Of PostgreSQL's errors the detail, the parameters and the where clause are left out, and the message too
 * where it repeats a value: these are personal data. At most four causes deep.
 */
export function errorForLog(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: typeof error };
  const state = sqlState(error);
  const named = error as { code?: unknown; constraint?: unknown; table?: unknown; column?: unknown; routine?: unknown };
  const silent = state !== null && CLASSES_WITH_VALUES.has(state.slice(0, 2));
  return {
    name: error.name,
    ...(typeof named.code === "string" ? { code: named.code } : {}),
    ...(silent ? {} : { message: error.message }),
    ...(state === null ? {} : { constraint: named.constraint, table: named.table, column: named.column, routine: named.routine }),
    stack: frames(error.stack),
    ...(error.cause === undefined || depth >= CAUSES_MAX ? {} : { cause: errorForLog(error.cause, depth + 1) }),
  };
}

/** Only the places: the first lines of a stack repeat the message. */
function frames(stack = ""): string[] {
  return stack
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim());
}
