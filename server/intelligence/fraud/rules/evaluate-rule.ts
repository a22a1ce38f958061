import { assertNever } from "../../../platform/errors/index.ts";
import type { Transaction } from "../transaction.ts";
import { type Comparison, type Expression, type TextField, typeOf, walk } from "./expression.ts";

/** A payment and its features, in the order of the catalogue. */
export interface Measured {
  readonly transaction: Transaction;
  readonly features: Float64Array;
}

/** Whether a rule fires. What is missing makes a comparison neither true nor false, and a rule fires only when it is true. */
export function fires(rule: Expression, measured: Measured): boolean {
  return evaluate(rule, measured) === 1;
}

/** The values a rule looked at, by name; null where missing. */
export function evidenceOf(rule: Expression, { transaction, features }: Measured): Record<string, number | string | null> {
  const evidence: Record<string, number | string | null> = {};
  for (const one of walk(rule)) {
    if (one.kind === "feature") evidence[one.name] = Number.isNaN(features[one.place]) ? null : (features[one.place] as number);
    if (one.kind === "field") evidence[one.name] = transaction[one.name] ?? null;
  }
  return evidence;
}

/** A number; true is 1, false 0, unknown NaN, joined as Kleene's logic has it. */
function evaluate(expression: Expression, measured: Measured): number {
  switch (expression.kind) {
    case "number":
      return expression.value;
    case "boolean":
      return expression.value ? 1 : 0;
    case "feature":
      return measured.features[expression.place] as number;
    case "negative":
      return -evaluate(expression.of, measured);
    case "arithmetic":
      return arithmetic(expression.operator, evaluate(expression.left, measured), evaluate(expression.right, measured));
    case "compare":
      return compare(expression, measured);
    case "among":
      return among(expression.of, expression.list, measured);
    case "not":
      return 1 - evaluate(expression.of, measured);
    case "all":
      return joined(expression.of, measured, 0);
    case "any":
      return joined(expression.of, measured, 1);
    case "call":
      return call(expression, measured);
    case "text":
    case "field":
      return Number.NaN; // texts are only compared and looked up in lists
    default:
      return assertNever(expression);
  }
}

/** `decides` ends it: 0 for and, 1 for or. */
function joined(parts: readonly Expression[], measured: Measured, decides: 0 | 1): number {
  let isUnknown = false;
  for (const part of parts) {
    const value = evaluate(part, measured);
    if (value === decides) return decides;
    if (Number.isNaN(value)) isUnknown = true;
  }
  return isUnknown ? Number.NaN : 1 - decides;
}

function arithmetic(operator: "+" | "-" | "*" | "/", left: number, right: number): number {
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  if (operator === "*") return left * right;
  return right === 0 ? Number.NaN : left / right; // nothing can be said of a share of nothing
}

function compare({ operator, left, right }: Extract<Expression, { kind: "compare" }>, measured: Measured): number {
  if (typeOf(left) === "text") {
    const [a, b] = [textOf(left, measured), textOf(right, measured)];
    if (a === undefined || b === undefined) return Number.NaN;
    return (a === b) === (operator === "=") ? 1 : 0;
  }
  const [a, b] = [evaluate(left, measured), evaluate(right, measured)];
  return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : holds(operator, a, b) ? 1 : 0;
}

function holds(operator: Comparison, a: number, b: number): boolean {
  switch (operator) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
    case "=":
      return a === b;
    case "!=":
      return a !== b;
    default:
      return assertNever(operator);
  }
}

function among(of: Expression, list: ReadonlySet<string | number>, measured: Measured): number {
  const value = typeOf(of) === "text" ? textOf(of, measured) : evaluate(of, measured);
  if (value === undefined || Number.isNaN(value)) return Number.NaN;
  return list.has(value) ? 1 : 0;
}

function textOf(expression: Expression, { transaction }: Measured): string | undefined {
  if (expression.kind === "text") return expression.value;
  return expression.kind === "field" ? fieldOf(transaction, expression.name) : undefined;
}

const fieldOf = (transaction: Transaction, name: TextField): string | undefined => transaction[name];

function call({ name, of }: Extract<Expression, { kind: "call" }>, measured: Measured): number {
  const [first] = of;
  if (first === undefined) return Number.NaN;
  if (name === "known") {
    const isMissing =
      first.kind === "field" ? fieldOf(measured.transaction, first.name) === undefined : Number.isNaN(evaluate(first, measured));
    return isMissing ? 0 : 1;
  }
  const values = of.map((one) => evaluate(one, measured));
  if (name === "abs") return Math.abs(values[0] as number);
  if (name === "round") return Math.round(values[0] as number);
  return name === "min" ? Math.min(...values) : Math.max(...values);
}
