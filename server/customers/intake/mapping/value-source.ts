import { isDateFormat } from "../../../platform/calendar/index.ts";
import type { ValueReading } from "./cast-type.ts";
import { codeOf, codeSql, resultsOf } from "./code-list.ts";
import { evaluateExpression } from "./expression/evaluate-expression.ts";
import { asText } from "./expression/expression-sql.ts";
import type { ColumnRef } from "./file-columns.ts";
import type { FileContext } from "./file-context.ts";
import { centuryOf } from "./layout.ts";
import { literal, literals } from "./literal.ts";
import { hint } from "./nearest.ts";
import type { Path } from "./problems.ts";
import type { FieldValue, LongValue } from "./value.ts";

/** Where the text of a field comes from, in SQL over staging (`s`, lookups `l0` …) and row by row. */
export interface ValueSource {
  /** Text as the file has it, trimmed, never null. */
  readonly raw: string;
  /** SQL for the reason why an expression came to nothing; null when it cannot. */
  readonly fail: string | null;
  /** From the raw text (a plain column) to ours: code list, then default. Null where the code is unknown. */
  readonly coded: ((raw: string) => string) | null;
  readonly sign: { readonly column: string; negative(sign: string): string } | null;
  /** Two columns: what the second one holds is taken away from the first. */
  readonly debit: string | null;
  /** For an error: the column of the file it was read from. */
  readonly columnName: string | null;
  readonly constant: string | null;
  /** Texts the mapping itself gives: the constant, the default, our values of the code list. */
  readonly given: readonly string[];
  readonly reading: Omit<ValueReading, "currency">;
  /** The text from a row's cells, coded; null when it cannot be told without another file. Blank for what failed. */
  readonly evaluate: ((cells: readonly string[]) => string) | null;
  readonly inputs: readonly number[];
}

/** Null after saying what is wrong. */
export function valueSource(written: FieldValue, path: Path, context: FileContext): ValueSource | null {
  const value: LongValue = typeof written === "string" ? { column: written } : written;
  const base = sourceText(value, path, context);
  if (base === null) {
    return null;
  }
  const list = value.codes === undefined ? undefined : context.codes.get(value.codes);
  if (value.codes !== undefined && list === undefined) {
    context.problems.report([...path, "codes"], `there is no code list ${value.codes}${hint(value.codes, [...context.codes.keys()])}`);
    return null;
  }
  const reading = fieldReading(value, path, context, base.isIsoDate);
  const fallback = value.default;
  const coded =
    list === undefined && fallback === undefined
      ? null
      : (raw: string) => {
          const code = list === undefined ? raw : codeSql(list, raw);
          return fallback === undefined ? code : `case when ${raw} = '' then ${literal(fallback)} else ${code} end`;
        };
  const { evaluate } = base;
  const withCodes = (cells: readonly string[]) => {
    const text = evaluate?.(cells) ?? "";
    return text === "" && fallback !== undefined ? fallback : list === undefined ? text : (codeOf(list, text) ?? "");
  };
  return {
    ...base,
    coded,
    sign: signOf(value, path, context),
    reading,
    constant: base.constant !== null && coded === null ? base.constant : null,
    given: [
      ...(fallback === undefined ? [] : [fallback]),
      ...(list === undefined ? (base.constant === null ? [] : [base.constant]) : resultsOf(list)),
    ],
    evaluate: evaluate === null ? null : withCodes,
  };
}

interface Base {
  readonly raw: string;
  readonly fail: string | null;
  readonly debit: string | null;
  readonly columnName: string | null;
  readonly constant: string | null;
  readonly evaluate: ((cells: readonly string[]) => string) | null;
  readonly inputs: readonly number[];
  readonly isIsoDate: boolean;
}

const plainBase = { fail: null, debit: null, columnName: null, constant: null, inputs: [], isIsoDate: false } as const;

function sourceText(value: LongValue, path: Path, context: FileContext): Base | null {
  const ways = [value.column, value.value, value.expression, value.credit ?? value.debit].filter((way) => way !== undefined);
  if (ways.length !== 1) {
    context.problems.report(
      path,
      `a value needs exactly one of column, value, expression, or credit with debit; this has ${ways.length === 0 ? "none" : "several"}`,
    );
    return null;
  }
  if (value.value !== undefined) {
    const { value: constant } = value;
    return { ...plainBase, raw: literal(constant.trim()), constant: constant.trim(), evaluate: () => constant.trim() };
  }
  if (value.expression !== undefined) {
    return fromExpression(value.expression, typeof value === "object" ? [...path, "expression"] : path, context);
  }
  if (value.column !== undefined) {
    return fromColumn(value.column, path, context);
  }
  if (value.credit === undefined || value.debit === undefined) {
    context.problems.report(path, "credit and debit name two columns and belong together");
    return null;
  }
  const credit = fromColumn(value.credit, [...path, "credit"], context);
  const debit = fromColumn(value.debit, [...path, "debit"], context);
  return credit === null || debit === null ? null : { ...credit, debit: debit.raw, evaluate: null };
}

function fromColumn(name: string, path: Path, context: FileContext): Base | null {
  const column = context.column(name, path);
  if (column === null) {
    return null;
  }
  const { sql, ref } = column;
  if (ref.at === "file") {
    return { ...plainBase, raw: sql, columnName: name, evaluate: (cells) => context.columns.cell(cells, ref.index), inputs: [ref.index] };
  }
  return { ...plainBase, raw: sql, columnName: name, evaluate: ref.at === "absent" ? () => "" : null };
}

function fromExpression(text: string, path: Path, context: FileContext): Base | null {
  const expression = context.expression(text, path);
  if (expression === null) {
    return null;
  }
  const { tree, compiled, columns } = expression;
  const { calendar, centuryFrom } = context.reading;
  const evaluate = (cells: readonly string[]) => {
    const column = (name: string) => cellAt(context.columns.find(name), cells, context);
    const result = evaluateExpression(tree, { column, codes: context.codes, calendar, centuryFrom: centuryOf(calendar, centuryFrom) });
    return (result ?? "").trim();
  };
  const [first] = columns;
  return {
    ...plainBase,
    raw: trimmed(asText(compiled).sql),
    fail: compiled.fail,
    columnName: first?.at === "file" ? (context.columns.names[first.index] ?? null) : null,
    evaluate: columns.some((ref) => ref.at === "lookup") ? null : evaluate,
    inputs: columns.flatMap((ref) => (ref.at === "file" ? [ref.index] : [])),
    isIsoDate: compiled.type === "date",
  };
}

/** Cells come trimmed; what an expression cut out of them may not be. Looking is cheaper than trimming. */
function trimmed(text: string): string {
  return `case when ${text} like ' %' or ${text} like '% ' then btrim(${text}) else ${text} end`;
}

function cellAt(ref: ColumnRef, cells: readonly string[], context: FileContext): string {
  return ref.at === "file" ? context.columns.cell(cells, ref.index) : "";
}

function fieldReading(
  value: LongValue,
  path: Path,
  { reading, problems }: FileContext,
  isIsoDate: boolean,
): Omit<ValueReading, "currency"> {
  const format = isIsoDate ? "YYYY-MM-DD" : (value.format ?? reading.dateFormat);
  if (format !== "iso" && !isDateFormat(format)) {
    problems.report(
      value.format === undefined ? path : [...path, "format"],
      `${format} is no date format; write it with YYYY or YY, MM, DD, and HH:mm:ss, for instance DD.MM.YYYY`,
    );
  }
  const calendar = isIsoDate ? "gregory" : (value.calendar ?? reading.calendar);
  const group = value.group === undefined ? reading.group : value.group === "none" ? "" : value.group;
  const decimal = value.decimal ?? reading.decimal;
  if (group === decimal) {
    problems.report(path, `${decimal} cannot be the decimal mark and the group mark`);
  }
  return {
    format: format === "iso" || isDateFormat(format) ? format : "YYYY-MM-DD",
    calendar,
    pivotYear: centuryOf(calendar, value.century_from ?? (calendar === reading.calendar ? reading.centuryFrom : null)),
    timezone: value.timezone ?? reading.timezone,
    decimal,
    group,
    minorUnit: value.unit === "minor",
  };
}

function signOf(value: LongValue, path: Path, context: FileContext): ValueSource["sign"] {
  const { sign } = value;
  if (sign === undefined) {
    return null;
  }
  if ((sign.credit ?? []).length + (sign.debit ?? []).length === 0) {
    context.problems.report([...path, "sign"], "sign needs the values that mean credit, or those that mean debit");
    return null;
  }
  const column = context.column(sign.column, [...path, "sign", "column"]);
  const credit = sign.credit === undefined ? null : literals(sign.credit);
  const debit = sign.debit === undefined ? null : literals(sign.debit);
  const negative = (text: string) => {
    if (debit === null || credit === null) {
      return debit === null ? `(${text} not in (${credit}))` : `(${text} in (${debit}))`;
    }
    return `case when ${text} in (${credit}) then false when ${text} in (${debit}) then true end`;
  };
  return column === null ? null : { column: column.sql, negative };
}
