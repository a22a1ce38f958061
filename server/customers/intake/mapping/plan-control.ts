import type { FileContext } from "./file-context.ts";
import { literal, tableName } from "./literal.ts";
import type { ControlPlan } from "./plan.ts";

/** Null when the file is announced without totals. */
export function planControl(context: FileContext): ControlPlan | null {
  const { control } = context.file;
  if (control === undefined) {
    return null;
  }
  const path = [...context.path, "control"];
  const names = Object.keys(control.sums ?? {});
  const columns = names.map((name) => context.column(name, [...path, "sums", name])?.sql ?? "''");
  const fromLine = control.trailer !== undefined || control.sidecar !== undefined;
  if (control.trailer !== undefined && control.sidecar !== undefined) {
    context.problems.report(path, "totals come from the trailer or from a sidecar, not from both");
  }
  if (fromLine && Object.values(control.sums ?? {}).some((place) => !/^\d{1,4}$/.test(place))) {
    context.problems.report([...path, "sums"], "say the place of each sum in the line that carries it, counted from 1");
  }
  return {
    from:
      control.sidecar !== undefined
        ? { sidecar: control.sidecar, line: control.line ?? 1 }
        : control.trailer !== undefined
          ? "trailer"
          : "mapping",
    announced: (line) => {
      const cells = fromLine ? cutLine(line ?? "", context) : null;
      const at = (place: string) => (cells === null ? place : (cells[Number(place) - 1] ?? ""));
      const rows = control.rows === undefined ? "" : at(String(control.rows));
      return {
        rows: /^ *\d{1,15} *$/.test(rows) ? Number(rows) : null,
        sums: Object.fromEntries(Object.entries(control.sums ?? {}).map(([name, place]) => [name, plainNumber(at(place), context)])),
      };
    },
    select: (staged) =>
      `select count(*)::bigint as rows${columns.map((_, index) => sumSql(index + 1)).join("")} from
        (select 1${columns.map((column, index) => numberSql(column, index + 1, context)).join("")} from ${tableName(staged)} s offset 0) x`,
    summed: names,
  };
}

/** Sums of money keep up to eight decimals, whatever the currency. What says something and is no number counts as unreadable. */
function sumSql(place: number): string {
  return `, coalesce(sum(n${place}::numeric), 0) / 100000000 as s${place}, count(*) filter (where n${place} is null and said${place}) as u${place}`;
}

function numberSql(column: string, place: number, { reading }: FileContext): string {
  return `, platform.minor_units(${column}, ${literal(reading.decimal)}, ${literal(reading.group)}, 8) as n${place}, ${column} <> '' as said${place}`;
}

function cutLine(line: string, context: FileContext): string[] {
  const { defaults } = context.mapping;
  const delimiter = context.file.delimiter ?? defaults?.delimiter ?? ",";
  return line.split(delimiter === "tab" ? "\t" : delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
}

function plainNumber(text: string, { reading }: FileContext): string | null {
  const bare = (reading.group === "" ? text : text.replaceAll(reading.group, "")).replace(reading.decimal, ".").trim();
  return /^[-+]?\d{1,30}(\.\d{1,12})?$/.test(bare) ? bare : null;
}
