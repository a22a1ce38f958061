import { openExport } from "../../customers/exports/index.ts";
import { readMailbox } from "../../governance/access/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Db } from "../../platform/db/index.ts";
import type { TableRow } from "../../platform/files/index.ts";
import type { FileAnswer } from "../../platform/http/index.ts";
import type { ReportDefinition, ReportFigure, ReportResult } from "./contract.ts";
import { checkDefinition, runReport } from "./run-report.ts";
import { type Saying, sayReport, type Words } from "./say.ts";

/**
 * One line a figure, without totals where there are groups: what can be put into another program. Every line counts in the budget of rows like a
 * customer's. Fails with not_allowed, invalid_input, limit_reached, too_large.
 */
export async function exportReport(
  db: Db,
  caller: Caller,
  clock: Clock,
  { definition, format }: { readonly definition: ReportDefinition; readonly format: "csv" | "xlsx" },
  words: Words,
): Promise<FileAnswer> {
  checkDefinition(caller, definition);
  const header: string[] = [];
  let lines: { saying: Saying; result: ReportResult; figures: readonly ReportFigure[] } | null = null;
  return openExport<never>(db, caller, clock, {
    what: "report",
    pool: "report",
    action: "report.exported",
    format,
    header,
    query: definition,
    count: async (tx) => {
      const result = await runReport(tx, caller, clock, definition);
      const reader = (await readMailbox(tx, caller.userId)) ?? { locale: "en", calendar: "gregory" };
      const saying = sayReport(words, reader, caller, definition, result.currency);
      const figures = result.figures.filter(
        ({ row, column }) => (row !== null || definition.rows === null) && (column !== null || definition.columns === null),
      );
      lines = { saying, result, figures };
      header.push(...headerOf(definition, saying, result.currency));
      return figures.length;
    },
    page: (_tx, _after, mark) =>
      Promise.resolve({
        rows: lines === null ? [] : lines.figures.map((figure) => rowOf(lines?.result, lines?.saying, figure, mark)),
        next: undefined,
      }),
  });
}

function headerOf({ compare, over }: ReportDefinition, saying: Saying, currency: string): string[] {
  const axes = [saying.rows, saying.columns].filter((name) => name !== null);
  const compared = over === "months" && compare !== "none";
  const measures = saying.measures.flatMap((name) => (compared ? [name, saying.message(`reports:before.${compare}`, { name })] : [name]));
  return [...axes, saying.message("reports:measures.customers"), ...measures, saying.message("reports:currency", { currency }), "export"];
}

function rowOf(
  result: ReportResult | undefined,
  saying: Saying | undefined,
  { row, column, customers, values, before }: ReportFigure,
  mark: string,
): TableRow {
  if (result === undefined || saying === undefined) return [];
  const decimal = (at: number, value: string | null) => {
    const digits = saying.decimal(at, value);
    return digits === null ? null : { decimal: digits };
  };
  const groupOf = (axis: "rows" | "columns", at: number | null) => {
    const group = at === null ? undefined : result[axis][at];
    return saying[axis] === null ? [] : [group === undefined ? "" : saying.group(axis, group)];
  };
  return [
    ...groupOf("rows", row),
    ...groupOf("columns", column),
    customers === null ? null : { decimal: String(customers) },
    ...values.flatMap((value, at) => (before === null ? [decimal(at, value)] : [decimal(at, value), decimal(at, before[at] ?? null)])),
    result.currency,
    mark,
  ];
}
