import { DIFFERENCE_LINES_MAX, type DifferenceLine } from "./contract.ts";

const TEXT_MAX = 500;

/**
 * Where two documents of plain JSON differ, value by value, named by the path to it; lists whose entries have a `name` or a `code` are compared by it. Beyond
 * 99 the last line says how many more there are: the hash of the whole stands beside them.
 */
export function documentDifference(before: unknown, after: unknown): DifferenceLine[] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
  const line = (path: string): DifferenceLine => ({
    ...{ label: path.slice(0, 120) || ".", as: "text" },
    ...{ before: old.get(path)?.slice(0, TEXT_MAX) ?? null, after: now.get(path)?.slice(0, TEXT_MAX) ?? null },
  });
  if (paths.length < DIFFERENCE_LINES_MAX) return paths.map(line);
  const shown = paths.slice(0, DIFFERENCE_LINES_MAX - 2);
  return [...shown.map(line), { label: "approvals:more", before: null, after: String(paths.length - shown.length), as: "number" }];
}

function leavesOf(value: unknown, path = "", leaves = new Map<string, string>()): Map<string, string> {
  if (typeof value === "object" && value !== null)
    for (const [key, one] of Object.entries(value)) leavesOf(one, `${path}/${(Array.isArray(value) ? nameOf(one) : null) ?? key}`, leaves);
  else if (value !== undefined) leaves.set(path, String(value));
  return leaves;
}

function nameOf(entry: unknown): string | null {
  if (typeof entry !== "object" || entry === null) return null;
  const { name, code } = entry as { name?: unknown; code?: unknown };
  return typeof name === "string" ? name : typeof code === "string" ? code : null;
}
