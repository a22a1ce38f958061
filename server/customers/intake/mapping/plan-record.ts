import { castOf, longerThan, numberFault, type ValueReading } from "./cast-type.ts";
import type { ComputedColumns } from "./computed-columns.ts";
import type { RecordSpec } from "./expand-records.ts";
import { derivedKeys, type Field, fieldsOf, KEY_LENGTH_MAX } from "./fields.ts";
import { type FileContext, NamedParts } from "./file-context.ts";
import { minorDigitsSql } from "./iso-codes.ts";
import { literal, tableName } from "./literal.ts";
import type { RecordPlan } from "./plan.ts";
import type { Path } from "./problems.ts";
import { type Fault, Levels } from "./record-levels.ts";
import { type ValueSource, valueSource } from "./value-source.ts";

/** Longest value among `details`, in characters. */
const DETAIL_LENGTH_MAX = 1000;
const detail = { type: "text", max: DETAIL_LENGTH_MAX, free: true } as const satisfies Field;

/** A column that words are read from and nothing else is looked through for card numbers (card-columns.ts). */
function noteInputs({ inputs }: ValueSource, field: Field | undefined, { words, exact }: FileContext): void {
  const noted = field?.type === "text" && field.free === true ? words : exact;
  for (const input of inputs) noted.add(input);
}

/** Decimals of the row's own currency. */
const ROW_DIGITS = "u_currency";

/** Null after saying what is wrong. */
export function planRecord(spec: RecordSpec, context: FileContext, computed: ComputedColumns): RecordPlan | null {
  const before = context.problems.found.length;
  const levels = new Levels();
  context.named = new NamedParts();
  const when = whenOf(spec, context, levels);
  const sources = new Map<string, ValueSource>();
  for (const [name, written] of Object.entries(spec.fields)) {
    const source = valueSource(written, spec.at[name] ?? [...spec.path, "fields", name], context);
    if (source !== null) {
      sources.set(name, source);
      noteInputs(source, fieldsOf(spec.kind)[name], context);
    }
  }
  addKey(spec, context, levels);
  addFields(spec, sources, context, levels);
  addDetails(spec, context, levels);
  computed.addTo(spec, sources, context, levels);
  if (context.problems.found.length > before) {
    return null;
  }
  const blankRecord =
    spec.onlyWith.length === 0
      ? null
      : spec.onlyWith
          .flatMap((name) => sources.get(name)?.raw ?? [])
          .map((raw) => `${raw} <> ''`)
          .join(" or ");
  const conditions = [when, blankRecord].flatMap((condition) => (condition === null ? [] : [`(${condition})`]));
  return {
    kind: spec.kind,
    fileColumns: new Map([...sources].flatMap(([name, { columnName }]) => (columnName === null ? [] : [[name, columnName] as const]))),
    columns: ["line_no", ...levels.output.keys(), "problem_reason", "problem_field", "problem_column", "problem_class"],
    select: selectOf(levels, conditions, context),
  };
}

function whenOf(spec: RecordSpec, context: FileContext, levels: Levels): string | null {
  const path = [...spec.path, "when"];
  const expression = spec.when === null ? null : context.expression(spec.when, path);
  if (expression === null) {
    return null;
  }
  const { compiled } = expression;
  if (compiled.type !== "boolean") {
    context.problems.report(path, "when needs a condition, for instance type = 'A'");
    return null;
  }
  if (compiled.fail === null) {
    return compiled.sql;
  }
  levels.place(0, "fw", compiled.fail);
  levels.faults.push({ field: "when", column: null, raw: "''", when: "fw is not null", reason: "fw" });
  return `${compiled.sql} or (${compiled.fail}) is not null`;
}

function addKey(spec: RecordSpec, context: FileContext, levels: Levels): void {
  if (spec.key === null) {
    const names = (derivedKeys[spec.kind as keyof typeof derivedKeys] ?? []).filter((name) => name in spec.fields);
    // Contact points without a purpose are told apart by what they are.
    const parts =
      spec.keyEnd === null && spec.kind === "contact_point" && !("purpose" in spec.fields) && "value" in spec.fields
        ? [...names, "value"]
        : names;
    const values = spec.keyEnd === null ? parts.map((name) => `v_${name}`) : ["v_party", literal(spec.keyEnd)];
    levels.output.set("key", `concat_ws('/', ${values.join(", ")})`);
    return;
  }
  const source = valueSource(spec.key, [...spec.path, "key"], context);
  if (source !== null) {
    noteInputs(source, undefined, context);
    const level = placeTexts("key", source, levels);
    levels.place(level, "v_key", `nullif(${level === 0 ? source.raw : codedName("key", source)}, '')`);
    levels.output.set("key", "v_key");
    addFaults(
      { name: "key", source, levels },
      { fault: null, tooLong: longerThan(codedName("key", source), KEY_LENGTH_MAX), required: true },
    );
  }
}

function codedName(name: string, source: ValueSource): string {
  return source.coded === null ? `r_${name}` : `m_${name}`;
}

/**
 * Gives names to the texts of a field: r_ as it came, m_ coded, f_ why it failed, s_ and d_ beside it. Answers with the level at which the text
 * may be read; at level 0 it has no name yet and is read from its column.
 */
function placeTexts(name: string, source: ValueSource, levels: Levels): number {
  const isBare = [source.raw, source.sign?.column ?? "''", source.debit ?? "''"].every((part) => /^(s\.\w+|'[^'\\]*')$/.test(part));
  levels.place(0, `r_${name}`, source.raw);
  if (source.fail !== null) {
    levels.place(0, `f_${name}`, source.fail);
  }
  if (source.sign !== null) {
    levels.place(0, `s_${name}`, source.sign.column);
  }
  if (source.debit !== null) {
    levels.place(0, `d_${name}`, source.debit);
  }
  const level = isBare ? 0 : 1;
  if (source.coded === null) {
    return level;
  }
  levels.place(level, `m_${name}`, source.coded(isBare ? source.raw : `r_${name}`));
  return level + 1;
}

interface Named {
  readonly name: string;
  readonly source: ValueSource;
  readonly levels: Levels;
}

function addFaults(
  { name, source, levels }: Omit<Named, "levels"> & { levels: Pick<Levels, "faults"> },
  rules: { fault: string | null; tooLong: string | null; required: boolean },
): void {
  const text = codedName(name, source);
  const blank = source.debit === null ? `${text} = ''` : `(${text} = '' and d_${name} = '')`;
  const conditions: string[] = [];
  const reasons: string[] = [];
  const add = (condition: string, reason: string) => {
    conditions.push(condition);
    reasons.push(`when ${condition} then ${reason}`);
  };
  if (source.fail !== null) add(`f_${name} is not null`, `f_${name}`);
  if (source.coded !== null) add(`${text} is null`, `'unknown_code'`);
  if (rules.required) add(blank, `'missing_value'`);
  if (rules.tooLong !== null) add(rules.tooLong, `'too_long'`);
  if (rules.fault !== null) {
    const unsigned = source.sign === null ? "" : `when ${source.sign.negative(`s_${name}`)} is null then 'unknown_code' `;
    add(`(v_${name} is null and not ${blank})`, unsigned === "" ? rules.fault : `case ${unsigned}else ${rules.fault} end`);
  }
  if (conditions.length > 0) {
    levels.faults.push({
      field: name,
      column: source.columnName,
      raw: `r_${name}`,
      when: conditions.join(" or "),
      reason: `case ${reasons.join(" ")} end`,
    });
  }
}

function addFields(spec: RecordSpec, sources: ReadonlyMap<string, ValueSource>, context: FileContext, levels: Levels): void {
  let currency = currencyOf(spec, sources, context, levels);
  const fields = Object.entries(fieldsOf(spec.kind)).sort(([a], [b]) => Number(b === "currency") - Number(a === "currency"));
  for (const [name, field] of fields) {
    const source = sources.get(name);
    if (source === undefined) {
      continue;
    }
    const path = spec.at[name] ?? [...spec.path, "fields", name];
    checkCodes(field, source, path, context);
    if ((source.debit !== null || source.sign !== null) && field.type !== "money") {
      context.problems.report(path, `${name} is no amount of money: sign, credit and debit do not belong here`);
    }
    const rules = { field, reading: { ...source.reading, currency }, required: isRequired(spec, name, field) };
    const level = addField({ name, source, levels }, rules);
    if (name === "currency" && "digits" in currency) {
      currency = { digits: currency.digits, level };
    }
  }
  if (!sources.has("changed_at") && "changed_at" in fieldsOf(spec.kind) && context.reading.changedAt !== null) {
    levels.output.set("changed_at", `${literal(context.reading.changedAt)}::timestamp at time zone ${literal(context.reading.timezone)}`);
  }
}

/** Places a field's value; answers with the level from which on it has a name. */
function addField(
  { name, source, levels }: Named,
  { field, reading, required }: { field: Field; reading: ValueReading; required: boolean },
): number {
  const needsCurrency = field.type === "money" && "digits" in reading.currency ? reading.currency.level : 0;
  const numberLevel = Math.max(placeTexts(name, source, levels), needsCurrency);
  // At level 0 texts are read from their columns, above by their names.
  const at = (level: number) =>
    level === 0
      ? { text: source.raw, sign: source.sign?.column ?? "", debit: source.debit ?? "" }
      : { text: codedName(name, source), sign: `s_${name}`, debit: `d_${name}` };
  const { number } = castOf(field, at(numberLevel).text, reading, `n_${name}`);
  if (number !== undefined) {
    levels.place(numberLevel, `n_${name}`, number);
  }
  const valueLevel = numberLevel + (number === undefined ? 0 : 1);
  const { text, sign, debit } = at(valueLevel);
  const cast = castOf(field, text, reading, `n_${name}`);
  let value = cast.value;
  if (source.debit !== null) {
    const part = (column: string, amount: string) => `case when ${column} = '' then 0 else ${amount} end`;
    const taken = part(debit, castOf(field, debit, reading, `n_${name}`).value);
    value = `case when ${text} = '' and ${debit} = '' then null else (${part(text, value)}) - (${taken}) end`;
  } else if (source.sign !== null) {
    value = `case ${source.sign.negative(sign)} when false then ${value} when true then -(${value}) end`;
  }
  levels.place(valueLevel, `v_${name}`, value);
  if (name === "currency") {
    levels.place(valueLevel, ROW_DIGITS, minorDigitsSql(text));
  }
  levels.output.set(name, `v_${name}`);
  const named = castOf(field, codedName(name, source), reading, `n_${name}`);
  const spread = numberFault(
    `(case when r_${name} <> '' and (${named.value}) is null then r_${name} else d_${name} end)`,
    reading.decimal,
    reading.group,
  );
  addFaults(
    { name, source, levels },
    { fault: named.fault !== null && source.debit !== null ? spread : named.fault, tooLong: named.tooLong, required },
  );
  return valueLevel + 1;
}

function isRequired(spec: RecordSpec, name: string, field: Field): boolean {
  const byParts =
    spec.kind === "contact_point" && name === "value" && !("line" in spec.fields || "city" in spec.fields || "postal_code" in spec.fields);
  return field.required === true || byParts;
}

/** The currency of the record's money: a constant, or the row's own. A record without one takes the default of its file. */
function currencyOf(
  spec: RecordSpec,
  sources: ReadonlyMap<string, ValueSource>,
  context: FileContext,
  levels: Levels,
): ValueReading["currency"] {
  const source = sources.get("currency");
  if (source?.constant) {
    return { code: source.constant.toUpperCase() };
  }
  const fallback = context.reading.currency;
  if (source !== undefined) {
    return { digits: ROW_DIGITS, level: 0 };
  }
  if ("currency" in fieldsOf(spec.kind)) {
    if (fallback === null) {
      context.problems.report(spec.path, "the currency is missing: map the field currency, or say currency under defaults");
    }
    levels.output.set("currency", literal(fallback ?? "XXX"));
  }
  return { code: fallback ?? "XXX" };
}

/** Constants and code lists must give what the field knows. */
function checkCodes(field: Field, source: ValueSource, path: Path, context: FileContext): void {
  const { constant, given } = source;
  if (constant === "" && field.required === true) {
    context.problems.report(path, "the value is empty");
  }
  const wrong = field.type === "code" ? given.filter((value) => value !== "" && !field.of.includes(value)) : [];
  if (field.type === "code" && wrong.length > 0) {
    context.problems.report(path, `${wrong.slice(0, 5).join(", ")} ${wrong.length === 1 ? "is" : "are"} none of ${field.of.join(", ")}`);
  }
}

function addDetails(spec: RecordSpec, context: FileContext, levels: Levels): void {
  const names: string[] = [];
  const values: string[] = [];
  for (const [name, written] of Object.entries(spec.details)) {
    const source = valueSource(written, [...spec.path, "details", name], context);
    if (source === null) {
      continue;
    }
    noteInputs(source, detail, context);
    const key = `x${names.length + 1}`;
    placeTexts(key, source, levels);
    const text = codedName(key, source);
    names.push(name);
    values.push(`nullif(${text}, '')`);
    const faults: Fault[] = [];
    addFaults({ name: key, source, levels: { faults } }, { fault: null, tooLong: longerThan(text, DETAIL_LENGTH_MAX), required: false });
    levels.faults.push(...faults.map((fault) => ({ ...fault, field: `details.${name}` })));
  }
  if (names.length > 0) {
    levels.output.set("details", `jsonb_strip_nulls(jsonb_object(array[${names.map(literal).join(", ")}], array[${values.join(", ")}]))`);
  }
}

const classes = (raw: string) =>
  `case when ${raw} = '' then 'empty' when octet_length(${raw}) > 200 then 'too_long' when ${raw} ~ '[[:cntrl:]]' then 'binary' ` +
  `when platform.ascii_digits(${raw}) ~ '^[0-9]+$' then 'digits' when platform.ascii_digits(${raw}) ~ '^[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}' then 'date_like' ` +
  `when platform.ascii_digits(${raw}) ~ '^[-+(]?[0-9][0-9., ]*[-)]?$' then 'number_like' else 'text' end`;

function selectOf(levels: Levels, conditions: readonly string[], context: FileContext): RecordPlan["select"] {
  const { faults } = levels;
  const bad =
    faults.length === 0 ? "null::int" : `case ${faults.map((fault, index) => `when ${fault.when} then ${index + 1}`).join(" ")} end`;
  const say = (of: (fault: Fault) => string) =>
    faults.length === 0
      ? "null::text"
      : `case when bad is null then null else case bad ${faults.map((fault, index) => `when ${index + 1} then ${of(fault)}`).join(" ")} end end`;
  const output = [...levels.output].map(([name, sql]) => `${sql} as ${name}`);
  const problems = [
    `${say((fault) => fault.reason)} as problem_reason`,
    `${say((fault) => literal(fault.field))} as problem_field`,
    `${say((fault) => (fault.column === null ? "null" : literal(fault.column)))} as problem_column`,
    `${say((fault) => classes(fault.raw))} as problem_class`,
  ];
  const { named } = context;
  return (staged, lookups) => {
    let from = `${tableName(staged)} s`;
    if (context.taken.size > 0) {
      from = `(${joined(from, context, lookups)}) s`;
    }
    from = named.over(from);
    const where = conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`;
    const sql = `select *, ${bad} as bad from (${levels.over(from, where)}) a offset 0`;
    return `select line_no, ${[...output, ...problems].join(", ")} from (${sql}) a`;
  };
}

/** The staging table with the columns of its lookups beside its own. */
function joined(from: string, context: FileContext, tables: Readonly<Record<string, string>>): string {
  const joins: string[] = [];
  const columns: string[] = [];
  [...context.taken].forEach(([name, values], index) => {
    const lookup = context.file.lookups?.[name];
    const ref = context.columns.find(lookup?.equals ?? "");
    const equals =
      ref.at === "lookup"
        ? `l${[...context.taken.keys()].indexOf(ref.lookup)}.v${(context.taken.get(ref.lookup) ?? []).indexOf(ref.column) + 1}`
        : ref.at === "file"
          ? context.columns.sql(ref.index)
          : "''";
    joins.push(` left join ${tableName(tables[name] ?? "")} l${index} on l${index}.key = ${equals}`);
    columns.push(...values.map((_, value) => `, coalesce(l${index}.v${value + 1}, '') as l${index}v${value + 1}`));
  });
  return `select s.*${columns.join("")} from ${from}${joins.join("")}`;
}
