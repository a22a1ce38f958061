import type { z } from "zod";
import { recordKinds } from "./fields.ts";
import { hint } from "./nearest.ts";
import type { Path, Problems } from "./problems.ts";

type Issue = z.core.$ZodIssue;

/** Says what a schema found in plain words, at the key that is wrong. */
export function explainIssue(issue: Issue, input: unknown, problems: Problems): void {
  explain(issue, input, [], problems);
}

function explain(issue: Issue, input: unknown, base: Path, problems: Problems): void {
  const path = [...base, ...(issue.path as Path)];
  const value = at(input, path);
  switch (issue.code) {
    case "unrecognized_keys":
      for (const key of issue.keys) {
        problems.report([...path, key], `${key} is not known here${hint(key, knownKeys.get(issue) ?? [])}`);
      }
      return;
    case "invalid_union": {
      const branch = meantBranch(issue, value);
      if (branch === null) {
        problems.report(path, unionMessage(issue, value, path));
      } else {
        for (const inner of branch) {
          explain(inner, input, path, problems);
        }
      }
      return;
    }
    case "invalid_type":
      problems.report(
        path,
        value === undefined ? "is missing" : `${shown(value)} should be ${typeNames[issue.expected] ?? issue.expected}`,
      );
      return;
    case "invalid_value": {
      const known = issue.values.map(String);
      problems.report(path, `${shown(value)} is not known${hint(String(value), known)}`);
      return;
    }
    case "too_small":
    case "too_big":
      problems.report(
        path,
        `${shown(value)} is ${issue.code === "too_small" ? "too small or too short" : "too large or too long"}: ${issue.message}`,
      );
      return;
    default:
      problems.report(path, `${shown(value)} ${issue.message}`);
  }
}

/** Keys the schema knows where it found one it does not; filled by `rememberKeys`. */
const knownKeys = new WeakMap<object, readonly string[]>();

export function rememberKeys(issue: object, keys: readonly string[]): void {
  knownKeys.set(issue, keys);
}

/** Which alternative of a union was meant: the one whose kind of value this is. */
function meantBranch(issue: Extract<Issue, { code: "invalid_union" }>, value: unknown): Issue[] | null {
  const fitting = issue.errors.filter((errors) => !errors.some((error) => error.path.length === 0 && error.code === "invalid_type"));
  return value === undefined || fitting.length === 0
    ? null
    : (fitting.reduce((best, errors) => (errors.length < best.length ? errors : best)) as Issue[]);
}

function unionMessage(issue: Extract<Issue, { code: "invalid_union" }>, value: unknown, path: Path): string {
  if (value === undefined) {
    return "is missing";
  }
  if (issue.discriminator !== undefined) {
    return `${shown(value)} is not known${hint(String(value), recordKinds)}`;
  }
  return `${shown(value)} does not fit at ${String(path.at(-1))}`;
}

function at(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, step) => (typeof value === "object" && value !== null ? (value as Record<string | number, unknown>)[step] : undefined),
    input,
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) {
    return "a list";
  }
  if (typeof value === "object" && value !== null) {
    return "a group of keys";
  }
  const text = String(value);
  return text === "" ? "an empty value" : text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a single value",
  object: "a group of keys",
  record: "a group of keys",
  array: "a list",
};
