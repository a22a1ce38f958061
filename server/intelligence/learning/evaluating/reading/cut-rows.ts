/** How a text is cut into cells. */
export interface Layout {
  /** A character, or "spaces" for any run of spaces and tabs. */
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** Where the first row, or the header, begins. */
  readonly from: number;
}

/** Hands on every row that is not blank: trimmed cells, and the number of its first line, counted from 1 at the layout's start. Quoted cells may hold delimiters, line breaks and doubled quotes. */
export function cutRows(text: string, { delimiter, from }: Layout, use: (cells: string[], line: number) => boolean | undefined): void {
  let at = from;
  let line = 1;
  while (at < text.length) {
    const first = line;
    let end = text.indexOf("\n", at);
    if (end < 0) end = text.length;
    const plain = text.slice(at, text[end - 1] === "\r" ? end - 1 : end);
    let cells: string[];
    if (plain.includes('"')) {
      const row = cutQuoted(text, at, delimiter);
      cells = row.cells;
      line += row.breaks + 1;
      at = row.end;
    } else {
      cells = delimiter === "spaces" ? plain.trim().split(/[ \t]+/) : plain.split(delimiter);
      for (let place = 0; place < cells.length; place += 1) cells[place] = (cells[place] as string).trim();
      at = end + 1;
      line += 1;
    }
    if (cells.length === 1 && cells[0] === "") continue;
    if (use(cells, first) === false) return;
  }
}

function cutQuoted(text: string, from: number, delimiter: string): { cells: string[]; end: number; breaks: number } {
  const cells: string[] = [];
  let at = from;
  let breaks = 0;
  const isDelimiter =
    delimiter === "spaces" ? (c: string | undefined) => c === " " || c === "\t" : (c: string | undefined) => c === delimiter;
  const isEnd = (c: string | undefined) => c === undefined || c === "\n" || c === "\r";
  for (;;) {
    while (text[at] === " " || (delimiter === "spaces" && text[at] === "\t")) at += 1;
    if (text[at] === '"') {
      const quoted = cutQuote(text, at);
      breaks += quoted.breaks;
      at = quoted.end;
      // What stands between the closing quote and the delimiter belongs to no cell.
      while (!isEnd(text[at]) && !isDelimiter(text[at])) at += 1;
      cells.push(quoted.cell.trim());
    } else {
      let end = at;
      while (!isEnd(text[end]) && !isDelimiter(text[end])) end += 1;
      cells.push(text.slice(at, end).trim());
      at = end;
    }
    if (!isDelimiter(text[at])) break;
    at += 1;
  }
  if (text[at] === "\r") at += 1;
  return { cells, end: at + 1, breaks };
}

function cutQuote(text: string, from: number): { cell: string; end: number; breaks: number } {
  let cell = "";
  for (let start = from + 1; ; ) {
    const quote = text.indexOf('"', start);
    if (quote < 0) {
      cell += text.slice(start);
      return { cell, end: text.length, breaks: cell.split("\n").length - 1 };
    }
    cell += text.slice(start, quote);
    if (text[quote + 1] !== '"') return { cell, end: quote + 1, breaks: cell.split("\n").length - 1 };
    cell += '"';
    start = quote + 2;
  }
}
