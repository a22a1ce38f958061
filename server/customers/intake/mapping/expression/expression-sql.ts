import { type CalendarId, dateExpression, isDateFormat } from "../../../../platform/calendar/index.ts";
import { type CodeList, codeSql } from "../code-list.ts";
import { dateFault } from "../date-fault.ts";
import { literal } from "../literal.ts";
import { hint } from "../nearest.ts";
import { type Expression, ExpressionError, INTEGER_MAX, TEXT_MAX, type ValueType } from "./expression.ts";

/** What names in an expression mean. */
export interface Surroundings {
  /** SQL of a column (text, never null); throws ExpressionError for one that is not there. */
  column(name: string, at: number): string;
  /** Gives an SQL expression a name, so that naming it many times computes it once. */
  name(sql: string): string;
  readonly codes: ReadonlyMap<string, CodeList>;
  readonly calendar: CalendarId;
  readonly centuryFrom: number;
}

/**
 * SQL of a value that never raises. A blank is empty text or null; `fail` is SQL for the reason why there is no value (null: there is one), or
 * null when it cannot fail. Whole numbers are numeric in SQL, so that nothing overflows before it is looked at.
 */
export interface Compiled {
  readonly type: ValueType;
  readonly sql: string;
  readonly fail: string | null;
}

// A single call that comes to more is refused rather than planned for seconds.
const SQL_CHARACTERS_MAX = 60_000;
const WORTH_A_NAME = 30;

/** Checks the types of an expression and gives its SQL. Throws ExpressionError. */
export function compileExpression(expression: Expression, around: Surroundings): Compiled {
  const compile = (part: Expression): Compiled => {
    const { type, sql, fail } = compileNode(part, compile, around);
    if (sql.length + (fail?.length ?? 0) > SQL_CHARACTERS_MAX) {
      throw new ExpressionError("this is too long to compute", part.at);
    }
    const named = (text: string) => (text.length < WORTH_A_NAME || part.node === "text" ? text : around.name(text));
    return { type, sql: named(sql), fail: fail === null ? null : named(fail) };
  };
  const root = compileNode(expression, compile, around);
  return { type: root.type, sql: root.sql.length < WORTH_A_NAME ? root.sql : around.name(root.sql), fail: root.fail };
}

type Compile = (part: Expression) => Compiled;

function compileNode(node: Expression, compile: Compile, around: Surroundings): Compiled {
  switch (node.node) {
    case "text":
      return { type: "text", sql: literal(node.value), fail: null };
    case "number":
      return { type: "integer", sql: `${node.value.toFixed(0)}::numeric`, fail: null };
    case "column":
      return { type: "text", sql: around.column(node.name, node.at), fail: null };
    case "not": {
      const value = typed(compile(node.value), "boolean", node.value.at, "not");
      return { ...value, sql: `(not ${value.sql})` };
    }
    case "logic":
      return logic(node, compile);
    case "compare": {
      const [left, right] = alike(compile(node.left), compile(node.right), node.at);
      const collated = left.type === "text" && node.operator !== "=" && node.operator !== "!=" ? ` collate "C"` : "";
      const operator = node.operator === "!=" ? "<>" : node.operator;
      return { type: "boolean", sql: `coalesce(${left.sql}${collated} ${operator} ${right.sql}, false)`, fail: firstFail([left, right]) };
    }
    case "in": {
      const left = compile(node.left);
      const options = node.options.map((option) => alike(left, compile(option), option.at)[1]);
      const list = options.map((option) => option.sql).join(", ");
      return { type: "boolean", sql: `coalesce(${left.sql} in (${list}), false)`, fail: firstFail([left, ...options]) };
    }
    case "arithmetic":
      return arithmetic(node, compile);
    case "call":
      return call(node, compile, around);
  }
}

type Call = Extract<Expression, { node: "call" }>;

function call(node: Call, compile: Compile, around: Surroundings): Compiled {
  const [first, second, third] = node.args as [Expression, Expression, Expression];
  const texts = () => node.args.map((arg) => asText(compile(arg)));
  switch (node.name) {
    case "slice": {
      const [from, to] = [wholeLiteral(second, "slice"), wholeLiteral(third, "slice")];
      if (from < 1 || to < from) {
        throw new ExpressionError("slice counts from 1, and the end does not come before the start", second.at);
      }
      return text1(compile(first), (sql) => `substr(${sql}, ${from}, ${to - from + 1})`);
    }
    case "trim":
      return text1(compile(first), (sql) => `btrim(${sql}, E' \\t\\r\\n')`);
    case "upper":
    case "lower":
      return text1(compile(first), (sql) => `${node.name}(${sql})`);
    case "digits":
      return text1(compile(first), (sql) => `regexp_replace(platform.ascii_digits(${sql}), '[^0-9]+', '', 'g')`);
    case "replace":
      return replaced(texts());
    case "concat": {
      const parts = texts();
      return bounded(parts, `(${parts.map((part) => part.sql).join(" || ")})`, sizeOf(parts));
    }
    case "join": {
      const [separator, ...parts] = texts() as [Compiled, ...Compiled[]];
      const sql = `concat_ws(${[separator.sql, ...parts.map((part) => `nullif(${part.sql}, '')`)].join(", ")})`;
      return bounded([separator, ...parts], sql, `${sizeOf(parts)} + ${parts.length} * ${sizeOf([separator])}`);
    }
    case "length": {
      const value = asText(compile(first));
      return { type: "integer", sql: `char_length(${value.sql})::numeric`, fail: value.fail };
    }
    case "integer":
      return integer(compile(first));
    case "blank": {
      const value = compile(first);
      return { type: "boolean", sql: blankSql(value), fail: value.fail };
    }
    case "code": {
      const list = second.node === "column" ? around.codes.get(second.name) : undefined;
      if (list === undefined) {
        throw new ExpressionError(
          `code needs the name of a code list${hint(second.node === "column" ? second.name : "", [...around.codes.keys()])}`,
          second.at,
        );
      }
      const value = asText(compile(first));
      const sql = codeSql(list, value.sql);
      return { type: "text", sql: `coalesce(${sql}, '')`, fail: merge(value.fail, `case when ${sql} is null then 'unknown_code' end`) };
    }
    case "if":
      return choice(typed(compile(first), "boolean", first.at, "if"), compile(second), compile(third));
    case "coalesce":
      return firstFilled(node.args.map(compile));
    case "date":
      return third === undefined || second.node === "text"
        ? dateFromText(node, compile, around)
        : dateFromParts(node.args.map(compile), around);
  }
}

/** At worst every character is replaced. */
function replaced(values: readonly Compiled[]): Compiled {
  const [text, from, to] = values as [Compiled, Compiled, Compiled];
  return bounded(
    values,
    `replace(${text.sql}, ${from.sql}, ${to.sql})`,
    `octet_length(${text.sql})::bigint * greatest(1, octet_length(${to.sql}))`,
  );
}

function logic(node: Extract<Expression, { node: "logic" }>, compile: Compile): Compiled {
  const left = typed(compile(node.left), "boolean", node.left.at, node.operator);
  const right = typed(compile(node.right), "boolean", node.right.at, node.operator);
  const needed = node.operator === "and" ? left.sql : `not ${left.sql}`;
  const later = right.fail === null ? null : `case when ${needed} then ${right.fail} end`;
  return { type: "boolean", sql: `(${left.sql} ${node.operator} ${right.sql})`, fail: merge(left.fail, later) };
}

function arithmetic(node: Extract<Expression, { node: "arithmetic" }>, compile: Compile): Compiled {
  const left = typed(compile(node.left), "integer", node.left.at, node.operator);
  const right = typed(compile(node.right), "integer", node.right.at, node.operator);
  const fails = firstFail([left, right]);
  if (node.operator === "/") {
    const sql = `div(${left.sql}, nullif(${right.sql}, 0))`;
    return { type: "integer", sql, fail: merge(fails, `case when ${right.sql} = 0 then 'not_computable' end`) };
  }
  const raw = `(${left.sql} ${node.operator} ${right.sql})`;
  const outside = `abs${raw} > ${INTEGER_MAX}`;
  return {
    type: "integer",
    sql: `case when ${outside} then null else ${raw} end`,
    fail: merge(fails, `case when ${outside} then 'overflow' end`),
  };
}

function integer(value: Compiled): Compiled {
  if (value.type === "integer") {
    return value;
  }
  const text = `btrim(platform.ascii_digits(${asText(value).sql}))`;
  const fits = `${text} ~ '^[-+]?[0-9]{1,15}$'`;
  const fail = `case when ${text} <> '' and not ${fits} then 'not_a_number' end`;
  return { type: "integer", sql: `case when ${fits} then ${text}::numeric end`, fail: merge(value.fail, fail) };
}

function choice(condition: Compiled, yes: Compiled, no: Compiled): Compiled {
  const [a, b] =
    yes.type === no.type
      ? [yes, no]
      : isBlankText(yes)
        ? [nothing(no.type), no]
        : isBlankText(no)
          ? [yes, nothing(yes.type)]
          : [asText(yes), asText(no)];
  const later =
    a.fail === null && b.fail === null ? null : `case when ${condition.sql} then ${a.fail ?? "null"} else ${b.fail ?? "null"} end`;
  return { type: a.type, sql: `case when ${condition.sql} then ${a.sql} else ${b.sql} end`, fail: merge(condition.fail, later) };
}

function firstFilled(values: readonly Compiled[]): Compiled {
  const same = values.every((value) => value.type === values[0]?.type);
  const parts = same ? values : values.map(asText);
  const type = parts[0]?.type ?? "text";
  const sql =
    type === "text"
      ? `coalesce(${parts.map((part) => `nullif(${part.sql}, '')`).join(", ")}, '')`
      : `coalesce(${parts.map((part) => part.sql).join(", ")})`;
  // A later value is only looked at where all earlier ones are blank.
  const fail = parts.reduceRight<string | null>((later, part) => {
    const further = later === null ? null : `case when ${blankSql(part)} then ${later} end`;
    return merge(part.fail, further);
  }, null);
  return { type, sql, fail };
}

function dateFromParts(values: readonly Compiled[], around: Surroundings): Compiled {
  const parts = values.map(integer);
  const [y, m, d] = parts.map((part) => part.sql) as [string, string, string];
  const sql = `case when ${y} between 0 and 9999 and ${m} between 0 and 99 and ${d} between 0 and 99 then platform.date_in(${literal(around.calendar)}, (${y})::int, (${m})::int, (${d})::int) end`;
  const blank = parts.map((part) => `${part.sql} is null`).join(" and ");
  return {
    type: "date",
    sql,
    fail: merge(firstFail(parts), `case when ${blank} then null when ${sql} is null then 'date_does_not_exist' end`),
  };
}

function dateFromText(node: Call, compile: Compile, around: Surroundings): Compiled {
  const [value, format, century] = node.args as [Expression, Expression, Expression | undefined];
  if (format.node !== "text" || !isDateFormat(format.value)) {
    throw new ExpressionError("date needs a format such as 'YYMMDD', or year, month and day", format.at);
  }
  const text = asText(compile(value));
  const pivotYear = century === undefined ? around.centuryFrom : wholeLiteral(century, "date");
  const date = dateExpression(`(${text.sql})`, { format: format.value, calendar: around.calendar, pivotYear });
  const fail = `case when not ${date.valid} then ${dateFault(text.sql, format.value)} end`;
  return { type: "date", sql: date.value, fail: merge(text.fail, fail) };
}

function alike(left: Compiled, right: Compiled, at: number): [Compiled, Compiled] {
  if (left.type !== right.type) {
    const way = left.type === "integer" || right.type === "integer" ? "; write integer(…) around the text" : "";
    throw new ExpressionError(`a ${names[left.type]} is compared with a ${names[right.type]}${way}`, at);
  }
  return [left, right];
}

const names: Record<ValueType, string> = { text: "text", integer: "number", date: "date", boolean: "condition" };

function typed(value: Compiled, type: ValueType, at: number, where: string): Compiled {
  if (value.type !== type) {
    throw new ExpressionError(
      `${where} needs a ${String(names[type])}, and this is a ${String(names[value.type])}${type === "integer" ? "; write integer(…)" : ""}`,
      at,
    );
  }
  return value;
}

function wholeLiteral(node: Expression, where: string): number {
  if (node.node !== "number" || node.value > TEXT_MAX) {
    throw new ExpressionError(`${where} needs a whole number up to ${TEXT_MAX} here`, node.at);
  }
  return node.value;
}

function text1(value: Compiled, sql: (text: string) => string): Compiled {
  const text = asText(value);
  return { ...text, sql: sql(text.sql) };
}

/** Any value as text: dates as YYYY-MM-DD, a blank as empty text. */
export function asText(value: Compiled): Compiled {
  const sql = {
    text: value.sql,
    integer: `coalesce((${value.sql})::text, '')`,
    date: `coalesce(to_char(${value.sql}, 'YYYY-MM-DD'), '')`,
    boolean: `(${value.sql})::text`,
  }[value.type];
  return { type: "text", sql, fail: value.fail };
}

function sizeOf(parts: readonly Compiled[]): string {
  return parts.map((part) => `octet_length(${part.sql})`).join(" + ");
}

/** A text that would pass TEXT_MAX is not made at all, so that no row can make the database run out of memory. */
function bounded(parts: readonly Compiled[], sql: string, size: string): Compiled {
  const tooLong = `${size} > ${TEXT_MAX}`;
  return {
    type: "text",
    sql: `case when ${tooLong} then '' else ${sql} end`,
    fail: merge(firstFail(parts), `case when ${tooLong} then 'too_long' end`),
  };
}

function blankSql(value: Compiled): string {
  return value.type === "text" ? `(${value.sql} = '')` : `(${value.sql} is null)`;
}

function isBlankText(value: Compiled): boolean {
  return value.type === "text" && value.sql === "''";
}

function nothing(type: ValueType): Compiled {
  const sqlTypes: Record<ValueType, string> = { text: "text", integer: "numeric", date: "date", boolean: "boolean" };
  return { type, sql: `null::${sqlTypes[type]}`, fail: null };
}

function merge(a: string | null, b: string | null): string | null {
  return a === null ? b : b === null ? a : `coalesce(${a}, ${b})`;
}

function firstFail(values: readonly Compiled[]): string | null {
  return values.reduce<string | null>((found, value) => merge(found, value.fail), null);
}
