export const filterOps = {
  text: ["contains", "starts_with", "equals", "is_empty", "is_not_empty"],
  number: ["at_least", "at_most", "between", "equals"],
  money: ["at_least", "at_most", "between"],
  date: ["on", "after", "before", "between", "within_days", "not_within_days"],
  choice: ["any_of", "none_of"],
  yes_no: ["yes", "no"],
} as const;

export type FilterType = keyof typeof filterOps;
export type FilterOp = (typeof filterOps)[FilterType][number];

/** A plain value: text, a decimal string, minor units as a string for money, `YYYY-MM-DD` for a date, choice ids for a choice. */
export interface Condition {
  readonly field: string;
  readonly op: FilterOp;
  /** Two values for "between", any number for a choice, none for "is empty" and yes/no. */
  readonly values: readonly string[];
}

export interface FilterGroup {
  readonly match: "all" | "any";
  /** The opposite of what the group says. */
  readonly not?: boolean;
  readonly of: readonly (Condition | FilterGroup)[];
}

export interface FilterField {
  readonly id: string;
  /** As it stands in a sentence: "balance", "last contact". */
  readonly label: string;
  readonly type: FilterType;
  readonly choices?: readonly { readonly id: string; readonly label: string }[];
  /** What a chosen value is called that is none of the choices (any more). */
  readonly missing?: string;
  /** False: known, where a filter from elsewhere asks about it, but not offered. */
  readonly offered?: boolean;
  /** For money: the currency in which the amount is typed and meant. */
  readonly currency?: string;
  /** Fewer operators than the type has. */
  readonly ops?: readonly FilterOp[];
}

/** The choices of a field, those that were chosen and are there no more among them. */
export function choicesWith(
  { choices = [], missing }: Pick<FilterField, "choices" | "missing">,
  chosen: readonly string[],
): { value: string; label: string }[] {
  const gone = chosen.filter((id) => !choices.some((choice) => choice.id === id));
  return [...gone.map((id) => ({ value: id, label: missing ?? id })), ...choices.map(({ id, label }) => ({ value: id, label }))];
}

export const emptyFilter: FilterGroup = { match: "all", of: [] };

const conditionsMax = 50;

export function isGroup(node: Condition | FilterGroup): node is FilterGroup {
  return "match" in node;
}

/** How many values an operator wants. */
export function valuesWanted(op: FilterOp): 0 | 1 | 2 | "some" {
  if (op === "between") return 2;
  if (op === "any_of" || op === "none_of") return "some";
  return op === "is_empty" || op === "is_not_empty" || op === "yes" || op === "no" ? 0 : 1;
}

export function isComplete(condition: Condition): boolean {
  const wanted = valuesWanted(condition.op);
  const given = condition.values.filter((value) => value !== "").length;
  return wanted === "some" ? given > 0 : given === wanted;
}

export function countConditions(group: FilterGroup): number {
  return group.of.reduce((sum, node) => sum + (isGroup(node) ? countConditions(node) : 1), 0);
}

/** Replaces the node at a path of positions; null takes it out, and a group left empty goes with it. */
export function replaceAt(group: FilterGroup, path: readonly number[], node: Condition | FilterGroup | null): FilterGroup {
  const [at, ...rest] = path;
  if (at === undefined) return node !== null && isGroup(node) ? node : group;
  const of = group.of.flatMap((child, index) => {
    if (index !== at) return [child];
    const next = rest.length === 0 ? node : isGroup(child) ? replaceAt(child, rest, node) : child;
    return next === null || (isGroup(next) && next.of.length === 0) ? [] : [next];
  });
  const appended = at >= group.of.length && node !== null && rest.length === 0 ? [...of, node] : of;
  return { ...group, of: appended };
}

/** What an address or a stored view says, if it is a filter over these fields; anything else is no filter. */
export function readFilter(raw: unknown, fields: readonly FilterField[]): FilterGroup {
  const group = readNode(raw, fields, 0);
  return group !== null && isGroup(group) && countConditions(group) <= conditionsMax ? group : emptyFilter;
}

function readNode(raw: unknown, fields: readonly FilterField[], depth: number): Condition | FilterGroup | null {
  if (typeof raw !== "object" || raw === null || depth > 3) return null;
  const node = raw as Record<string, unknown>;
  if (Array.isArray(node.of) && (node.match === "all" || node.match === "any")) {
    const of = node.of.flatMap((child) => readNode(child, fields, depth + 1) ?? []);
    return { match: node.match, ...(node.not === true ? { not: true } : {}), of };
  }
  const field = fields.find((candidate) => candidate.id === node.field);
  const op = field && (field.ops ?? filterOps[field.type]).find((candidate) => candidate === node.op);
  const values = node.values;
  if (!field || !op || !Array.isArray(values) || !values.every((value): value is string => typeof value === "string")) return null;
  const condition: Condition = { field: field.id, op, values };
  return isComplete(condition) ? condition : null;
}
