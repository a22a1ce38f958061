import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BadRow, type FileFormat, readFirstRows } from "./reading/index.ts";

export interface CutRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Lines that a person has corrected, cut by the reader of their file as if they stood in it. `line` is kept; a text may run over several lines. */
export async function cutLines(
  format: FileFormat,
  header: readonly string[],
  texts: readonly { line: number; text: string }[],
): Promise<{ rows: CutRow[]; bad: BadRow[] }> {
  if (texts.length === 0) return { rows: [], bad: [] };
  const folder = await mkdtemp(join(tmpdir(), "vinculo-"));
  try {
    const path = join(folder, "lines");
    await writeFile(path, texts.map(({ text }) => `${text}\n`).join(""), { mode: 0o600 });
    const bare: FileFormat = {
      ...format,
      encoding: "utf-8",
      header: false,
      skipLines: 0,
      trailer: null,
      entry: null,
      columns: format.columns ?? header.map((name) => ({ name })),
    };
    const found = await readFirstRows(path, bare, texts.length + 1);
    const lineAt = startLines(texts);
    const wrong = (row: CutRow) => row.cells.length !== header.length;
    const rows = found.rows.map((row) => ({ line: lineAt(row.line), cells: row.cells }));
    const bad = found.bad.map((row) => ({ ...row, line: lineAt(row.line) }));
    return {
      rows: rows.filter((row) => !wrong(row)),
      bad: [
        ...bad,
        ...rows
          .filter(wrong)
          .map((row) => ({ line: row.line, reason: "wrong_number_of_columns" as const, raw: row.cells.join(format.delimiter) })),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Line in the joined text -> line that the text it belongs to came from. */
function startLines(texts: readonly { line: number; text: string }[]): (physical: number) => number {
  let next = 1;
  const starts = texts.map(({ line, text }) => {
    const start = next;
    next += text.split("\n").length;
    return { start, line };
  });
  return (physical) => starts.findLast(({ start }) => start <= physical)?.line ?? physical;
}
