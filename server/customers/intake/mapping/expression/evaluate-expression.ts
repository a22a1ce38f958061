import { type CalendarId, parseDate, toIsoDate } from "../../../../platform/calendar/index.ts";
import { asciiDigits } from "../../../../platform/text/index.ts";
import { type CodeList, codeOf } from "../code-list.ts";
import { type Expression, INTEGER_MAX, TEXT_MAX } from "./expression.ts";

/** A value, null where it is blank. Dates are YYYY-MM-DD inside a marked object, so that they are not taken for text. */
type Value = string | number | boolean | { readonly date: string } | null;

/** The same meaning as expression-sql.ts, row by row: for values SQL cannot compute. */
export interface RowSurroundings {
  column(name: string): string;
  readonly codes: ReadonlyMap<string, CodeList>;
  readonly calendar: CalendarId;
  readonly centuryFrom: number;
}

class NoValue extends Error {}

/** The text an expression comes to; null when it fails. The expression has passed compileExpression. */
export function evaluateExpression(expression: Expression, around: RowSurroundings): string | null {
  try {
    return textOf(evaluate(expression, around));
  } catch (error) {
    if (error instanceof NoValue) {
      return null;
    }
    throw error;
  }
}

function evaluate(node: Expression, around: RowSurroundings): Value {
  switch (node.node) {
    case "text":
    case "number":
      return node.value;
    case "column":
      return around.column(node.name);
    case "not":
      return evaluate(node.value, around) !== true;
    case "logic": {
      const left = evaluate(node.left, around) === true;
      return node.operator === "and" ? left && evaluate(node.right, around) === true : left || evaluate(node.right, around) === true;
    }
    case "compare": {
      const left = evaluate(node.left, around);
      const right = evaluate(node.right, around);
      return left !== null && right !== null && holds(order(left, right), node.operator);
    }
    case "in": {
      const left = evaluate(node.left, around);
      const options = node.options.map((option) => evaluate(option, around));
      return left !== null && options.some((option) => option !== null && order(left, option) === 0);
    }
    case "arithmetic":
      return arithmetic(node.operator, evaluate(node.left, around), evaluate(node.right, around));
    case "call":
      return call(node, around);
  }
}

function call(node: Extract<Expression, { node: "call" }>, around: RowSurroundings): Value {
  const { args } = node;
  const value = (index: number) => evaluate(args[index] as Expression, around);
  const text = (index: number) => textOf(value(index));
  switch (node.name) {
    case "slice":
      return [...text(0)].slice(Number(value(1)) - 1, Number(value(2))).join("");
    case "trim":
      return text(0).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
    case "upper":
      return text(0).toUpperCase();
    case "lower":
      return text(0).toLowerCase();
    case "digits":
      return asciiDigits(text(0)).replace(/[^0-9]+/g, "");
    case "replace":
      return bounded(text(1) === "" ? text(0) : text(0).replaceAll(text(1), () => text(2)), size(text(0)) * Math.max(1, size(text(2))));
    case "concat":
      return bounded(args.map((_, index) => text(index)).join(""));
    case "join": {
      const parts = args.slice(1).map((_, index) => text(index + 1));
      const bytes = parts.reduce((sum, part) => sum + size(part), parts.length * size(text(0)));
      return bounded(parts.filter((part) => part !== "").join(text(0)), bytes);
    }
    case "length":
      return [...text(0)].length;
    case "integer":
      return integer(value(0));
    case "blank":
      return isBlank(value(0));
    case "code": {
      const list = args[1]?.node === "column" ? around.codes.get(args[1].name) : undefined;
      return found(list === undefined ? null : codeOf(list, text(0)));
    }
    case "if": {
      const chosen = value(0) === true ? value(1) : value(2);
      return chosen;
    }
    case "coalesce": {
      for (const arg of args) {
        const candidate = evaluate(arg, around);
        if (!isBlank(candidate)) {
          return candidate;
        }
      }
      return null;
    }
    case "date":
      return date(node, around, value);
  }
}

function date(node: Extract<Expression, { node: "call" }>, around: RowSurroundings, value: (index: number) => Value): Value {
  const [, format, century] = node.args;
  if (format?.node === "text" && (node.args.length === 2 || century?.node === "number")) {
    const text = textOf(value(0));
    const pivotYear = century === undefined ? around.centuryFrom : Number(value(2));
    return text.trim() === ""
      ? null
      : { date: found(parseDate(text, { format: format.value, calendar: around.calendar, pivotYear })?.date ?? null) };
  }
  const parts = [0, 1, 2].map((index) => integer(value(index)));
  if (parts.every((part) => part === null)) {
    return null;
  }
  const [y, m, d] = parts.map((part) => found(part)) as [number, number, number];
  return { date: found(toIsoDate(around.calendar, y, m, d)) };
}

function integer(value: Value): number | null {
  if (typeof value === "number" || value === null) {
    return value;
  }
  const text = asciiDigits(textOf(value)).replace(/^ +| +$/g, "");
  if (text === "") {
    return null;
  }
  return found(/^[-+]?[0-9]{1,15}$/.test(text) ? Number(text) : null);
}

function arithmetic(operator: "+" | "-" | "*" | "/", left: Value, right: Value): number | null {
  if (typeof left !== "number" || typeof right !== "number") {
    return null;
  }
  if (operator === "/") {
    return found(right === 0 ? null : Math.trunc(left / right));
  }
  const result = operator === "+" ? left + right : operator === "-" ? left - right : left * right;
  return found(Math.abs(result) > INTEGER_MAX ? null : result);
}

function order(left: NonNullable<Value>, right: NonNullable<Value>): number {
  const [a, b] = [plain(left), plain(right)];
  if (typeof a === "string" && typeof b === "string") {
    return Buffer.compare(Buffer.from(a), Buffer.from(b));
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

function plain(value: NonNullable<Value>): string | number | boolean {
  return typeof value === "object" ? value.date : value;
}

function holds(ordered: number, operator: "=" | "!=" | "<" | "<=" | ">" | ">="): boolean {
  return { "=": ordered === 0, "!=": ordered !== 0, "<": ordered < 0, "<=": ordered <= 0, ">": ordered > 0, ">=": ordered >= 0 }[operator];
}

function isBlank(value: Value): boolean {
  return value === null || value === "";
}

function textOf(value: Value): string {
  return value === null ? "" : String(plain(value));
}

function size(text: string): number {
  return Buffer.byteLength(text);
}

function bounded(text: string, bytes = size(text)): string {
  return found(bytes > TEXT_MAX ? null : text);
}

function found<T>(value: T | null): T {
  if (value === null) {
    throw new NoValue();
  }
  return value;
}
