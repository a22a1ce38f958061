import { cardColumns } from "./card-columns.ts";
import { ComputedColumns } from "./computed-columns.ts";
import { recordSpecs } from "./expand-records.ts";
import { FileContext } from "./file-context.ts";
import { formatOf, nameOf } from "./layout.ts";
import { literals } from "./literal.ts";
import type { Mapping } from "./mapping.ts";
import { hint } from "./nearest.ts";
import type { FilePlan, LookupPlan, RecordPlan } from "./plan.ts";
import { planControl } from "./plan-control.ts";
import { lookupSelect } from "./plan-lookup.ts";
import { planRecord } from "./plan-record.ts";
import type { Problems } from "./problems.ts";

/**
 * Compiles one file of a mapping against the columns it really has. What does not fit is said to `problems`, all at once; a plan is only good
 * when nothing was. `header` null: the mapping is checked before its files are there.
 */
export function compileFile(mapping: Mapping, fileNo: number, header: readonly string[] | null, problems: Problems): FilePlan {
  const format = formatOf(mapping, mapping.files[fileNo] as Mapping["files"][number]);
  const columns = header ?? (format.columns === null ? null : format.columns.map((column) => column.name));
  const context = new FileContext(mapping, fileNo, columns, problems);
  checkLayout(context, format);
  checkLookups(context);
  const computed = new ComputedColumns();
  const records = recordSpecs(context.file, context.path).map((spec) => planRecord(spec, context, computed));
  if (context.columns.names.length > 0 && format.columns === null && header !== null) {
    checkDeclared(context, header);
  }
  const names = context.columns.names;
  const control = planControl(context);
  return {
    fileNo,
    format,
    header: names,
    append: computed.appended(),
    cards: cardColumns(context),
    records: records.filter((record): record is RecordPlan => record !== null),
    lookups: lookupsOf(context),
    raw: (alias) => rowOf(names, (index) => `${alias}.c${index}`),
    keptRaw: (alias) => rowOf(names, (index) => (computed.numbers.has(index - 1) ? masked(`${alias}.c${index}`) : `${alias}.c${index}`)),
    control,
  };
}

const rowOf = (names: readonly string[], cell: (index: number) => string) =>
  `jsonb_object(array[${literals(names)}]::text[], array[${names.map((_, index) => cell(index + 1)).join(", ")}]::text[])`;

/** As customers.delivered_row masks what is shown: from six characters on, the last four stay. */
const masked = (cell: string) => `case when length(btrim(${cell})) >= 6 then '•••• ' || right(btrim(${cell}), 4) else ${cell} end`;

/** Columns a CSV with header is said to have must be there. */
function checkDeclared(context: FileContext, header: readonly string[]): void {
  context.file.columns?.forEach((column, index) => {
    const name = typeof column === "string" ? column : column.name;
    if (!header.includes(name) && !(context.file.optional_columns ?? []).includes(name)) {
      context.problems.report([...context.path, "columns", index], `the file has no column ${name}${hint(name, header)}`);
    }
  });
}

function checkLayout({ file, path, problems, reading }: FileContext, format: FilePlan["format"]): void {
  if (format.delimiter.length !== 1 || format.delimiter > "~" || /[\r\n\\]/.test(format.delimiter)) {
    problems.report([...path, "delimiter"], "the delimiter must be one ASCII character, or tab");
  }
  if (format.quote !== null && (format.quote.length !== 1 || format.quote > "~" || format.quote === format.delimiter)) {
    problems.report([...path, "quote"], "the quote must be one ASCII character other than the delimiter, or none");
  }
  if (format.columns === null && (format.format !== "csv" || !format.header)) {
    problems.report(path, "columns is missing: a file without a header line must name its columns");
  }
  if (format.format === "fixed" && format.columns?.some((column) => column.start === undefined || column.length === undefined)) {
    problems.report([...path, "columns"], "columns of fixed width need start and length");
  }
  if (format.positions === "bytes" && format.encoding.startsWith("utf-16")) {
    problems.report([...path, "positions"], "positions in UTF-16 are counted in characters");
  }
  if (reading.decimal === reading.group) {
    problems.report([...path, "decimal"], `${reading.decimal} cannot be the decimal mark and the group mark`);
  }
  if (file.records.length > 0 && nameOf(file) === "" && file.as === undefined) {
    problems.report([...path, "file"], "give this file a name with as");
  }
}

function checkLookups(context: FileContext): void {
  const { mapping, problems } = context;
  const known = mapping.files.map(nameOf);
  const earlier: string[] = [];
  for (const [name, lookup] of Object.entries(context.file.lookups ?? {})) {
    const path = [...context.path, "lookups", name];
    const target = known.indexOf(lookup.file);
    if (target < 0) {
      problems.report([...path, "file"], `no file of this delivery is called ${lookup.file}${hint(lookup.file, known)}`);
    } else if (known.indexOf(lookup.file, target + 1) >= 0) {
      problems.report([...path, "file"], `several files are called ${lookup.file}; tell them apart with as`);
    }
    const equals = context.column(lookup.equals, [...path, "equals"]);
    if (equals?.ref.at === "lookup" && !earlier.includes(equals.ref.lookup)) {
      problems.report([...path, "equals"], `${equals.ref.lookup} is looked up later than ${name}; put it before`);
    }
    earlier.push(name);
  }
}

function lookupsOf(context: FileContext): LookupPlan[] {
  const known = context.mapping.files.map(nameOf);
  return Object.entries(context.file.lookups ?? {}).map(([name, lookup]) => ({
    name,
    fileNo: known.indexOf(lookup.file),
    values: context.taken.get(name)?.length ?? 0,
    select: lookupSelect(context, name),
  }));
}
