import type { FactKind } from "../facts/contract.ts";
import { CONDITIONS_MAX, type SegmentCondition, type SegmentFilter } from "./contract.ts";

/** Which operators a kind of fact has. */
export const opsOf: Readonly<Record<FactKind | "branch" | "member", readonly SegmentCondition["op"][]>> = {
  count: ["at_least", "at_most", "between", "equals"],
  money: ["at_least", "at_most", "between"],
  number: ["at_least", "at_most", "between", "is_empty", "is_not_empty"],
  share: ["at_least", "at_most", "between", "is_empty", "is_not_empty"],
  years: ["at_least", "at_most", "between", "is_empty", "is_not_empty"],
  days: ["within_days", "not_within_days", "is_empty", "is_not_empty"],
  ahead: ["at_least", "at_most", "between", "is_empty", "is_not_empty"],
  code: ["any_of", "none_of", "is_empty", "is_not_empty"],
  flag: ["yes", "no"],
  branch: ["any_of", "none_of"],
  member: ["any_of", "none_of"],
};

const valuesWanted = (op: SegmentCondition["op"]): readonly [number, number] => {
  if (op === "any_of" || op === "none_of") return [1, 50];
  if (op === "between") return [2, 2];
  return ["yes", "no", "is_empty", "is_not_empty"].includes(op) ? [0, 0] : [1, 1];
};

const WHOLE = /^-?\d{1,18}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const isValue: Readonly<Record<FactKind | "branch" | "member", (value: string) => boolean>> = {
  count: (value) => WHOLE.test(value) && Math.abs(Number(value)) < 2_147_483_647,
  money: (value) => WHOLE.test(value),
  number: (value) => DECIMAL.test(value),
  share: (value) => DECIMAL.test(value),
  years: (value) => DECIMAL.test(value) && Number(value) >= 0 && Number(value) <= 1000,
  days: (value) => WHOLE.test(value) && Number(value) >= 0 && Number(value) <= 36_500,
  ahead: (value) => WHOLE.test(value) && Number(value) >= 0 && Number(value) <= 36_500,
  code: () => true,
  flag: () => false,
  branch: (value) => ID.test(value),
  member: (value) => ID.test(value),
};

export type FieldKinds = ReadonlyMap<string, FactKind | "branch" | "member">;

/** What is wrong with conditions, or null. `kinds` are the fields there are for whoever asks. */
export function faultOf(filter: SegmentFilter, kinds: FieldKinds): string | null {
  const conditions = conditionsOf(filter);
  if (conditions.length > CONDITIONS_MAX) return `more than ${CONDITIONS_MAX} conditions`;
  for (const { field, op, values } of conditions) {
    const kind = kinds.get(field);
    if (kind === undefined) return `there is no ${field}`;
    if (!opsOf[kind].includes(op)) return `${field} has no ${op}`;
    const [least, most] = valuesWanted(op);
    if (values.length < least || values.length > most) return `${field} ${op} takes ${least} to ${most} values`;
    if (!values.every(isValue[kind])) return `a value of ${field} is not of its kind`;
  }
  return null;
}

export function conditionsOf(filter: SegmentFilter): SegmentCondition[] {
  return filter.of.flatMap((part) => ("of" in part ? conditionsOf(part) : [part]));
}

/** Population stability index of two make-ups: each measure over its bands, the mean of the measures. Half a customer stands for an empty band. */
export function driftOf(before: Readonly<Record<string, readonly number[]>>, after: Readonly<Record<string, readonly number[]>>): number {
  const measures = Object.keys(before).filter((key) => before[key]?.length === after[key]?.length);
  if (measures.length === 0) return 0;
  const psi = (a: readonly number[], b: readonly number[]) => {
    const [sumA, sumB] = [total(a), total(b)];
    if (sumA === 0 || sumB === 0) return 0;
    return a.reduce((sum, n, at) => {
      const [p, q] = [Math.max(n, 0.5) / sumA, Math.max(b[at] ?? 0, 0.5) / sumB];
      return sum + (q - p) * Math.log(q / p);
    }, 0);
  };
  return measures.reduce((sum, key) => sum + psi(before[key] ?? [], after[key] ?? []), 0) / measures.length;
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);
