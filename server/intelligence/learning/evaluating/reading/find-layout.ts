import { cutRows, type Layout } from "./cut-rows.ts";

const SAMPLE_ROWS = 200;
const DELIMITERS = [";", "\t", "|", ",", "spaces"];

/**
 * Guesses how a text is cut: the delimiter that gives nearly all of the first rows the same number of cells, the largest of these; runs
 * of spaces only where nothing else cuts. The first row is a header when it names `known`, or no cell of it is a number while others are.
 */
export function findLayout(text: string, known: string): Layout {
  const first = /^sep=.\r?\n/i.exec(text);
  const from = first === null ? 0 : first[0].length;
  const cuts = DELIMITERS.map((delimiter) => ({ delimiter, rows: firstRows(text, { delimiter, from, hasHeader: false }) }));
  const rated = cuts.map(({ delimiter, rows }) => ({ delimiter, rows, cells: steadyCells(rows) }));
  const steady = rated.filter(({ cells, delimiter }) => cells > 1 && delimiter !== "spaces");
  const spaced = rated.filter(({ cells, delimiter }) => cells > 1 && delimiter === "spaces");
  const best = [...(steady.length > 0 ? steady : spaced)].sort((a, b) => b.cells - a.cells)[0];
  const chosen = best ?? rated[3];
  const { delimiter, rows } = chosen as { delimiter: string; rows: string[][] };
  return { delimiter, from, hasHeader: isHeader(rows[0] ?? [], rows.slice(1), known) };
}

function firstRows(text: string, layout: Layout): string[][] {
  const rows: string[][] = [];
  cutRows(text, layout, (cells) => {
    rows.push(cells);
    return rows.length < SAMPLE_ROWS;
  });
  return rows;
}

/** The number of cells of nine rows in ten, the first row among them (which may lack one, for the rows' names); 0 where there is none. */
function steadyCells(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const { length } of rows.slice(rows.length > 1 ? 1 : 0)) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [most = 0, times = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const header = rows[0]?.length ?? 0;
  const isSteady = times >= 0.9 * Math.max(rows.length - 1, 1) && (header === most || header === most - 1);
  return isSteady ? most : 0;
}

function isHeader(first: readonly string[], others: readonly string[][], known: string): boolean {
  if (first.includes(known)) return true;
  const isNumber = (cell: string) => cell !== "" && Number.isFinite(Number(cell.replace(",", ".")));
  if (first.some(isNumber) || new Set(first).size < first.length) return false;
  const somewhere = others.some((row) => row.some(isNumber));
  return somewhere || first.every((name, column) => others.every((row) => row[column] !== name));
}
