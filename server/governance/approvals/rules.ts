import type { Level } from "./contract.ts";

interface Described {
  readonly subjects: readonly { readonly id: string; readonly version: string }[];
  readonly difference: string;
}

/** Is what would be done still what was asked for? Subjects in any order; the difference to the letter. */
export function isSame(asked: Described, now: Described): boolean {
  const spell = ({ subjects }: Described) => subjects.map(({ id, version }) => `${id} ${version}`).sort();
  const before = spell(asked);
  const after = spell(now);
  return asked.difference === now.difference && before.length === after.length && before.every((one, place) => one === after[place]);
}

export type LevelsFault = "limits_must_rise" | "last_without_limit" | "currency_missing" | "too_few_approvers" | "unknown_duty";

/**
 * What is wrong with the levels of a policy; null: nothing. Limits rise from level to level, the last has none (else an amount would have nobody), and no
 * level asks for fewer than the product does.
 */
export function levelsFault(
  levels: readonly Level[],
  { currency, approversMin, duties }: { currency: string | null; approversMin: number; duties: ReadonlySet<string> },
): LevelsFault | null {
  const limits = levels.map(({ amountMaxMinor }) => amountMaxMinor);
  if (limits.at(-1) !== null) return "last_without_limit";
  const inner = limits.slice(0, -1);
  if (inner.some((limit, place) => limit === null || limit <= (inner[place - 1] ?? -1n))) return "limits_must_rise";
  if (inner.length > 0 && currency === null) return "currency_missing";
  if (levels.some(({ approvers }) => approvers < approversMin)) return "too_few_approvers";
  if (levels.some((level) => level.duties.some((duty) => !duties.has(duty)))) return "unknown_duty";
  return null;
}
