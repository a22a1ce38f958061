const delimiters = [";", ",", "\t", "|"] as const;

/** Cuts the beginning of a CSV text into at most `rowsMax` rows; a row that the text's end cuts off is left out when `whole` is false. */
export function cutRows(text: string, delimiter: string, rowsMax: number, whole: boolean): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const endRow = () => {
    row.push(cell);
    if (row.length > 1 || cell !== "") rows.push(row);
    row = [];
    cell = "";
  };
  for (let at = 0; at < text.length && rows.length < rowsMax; at++) {
    const letter = text[at] as string;
    if (quoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else quoted = false;
    } else if (letter === '"' && cell === "") quoted = true;
    else if (letter === delimiter) {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") endRow();
    else if (letter !== "\r") cell += letter;
  }
  if (rows.length < rowsMax && whole && (cell !== "" || row.length > 0)) endRow();
  return rows;
}

/** The delimiter that cuts the first rows into the same, largest number of cells. */
export function guessDelimiter(text: string, whole: boolean): string {
  const scored = delimiters.map((delimiter) => {
    const rows = cutRows(text, delimiter, 12, whole);
    const width = rows[0]?.length ?? 0;
    const same = rows.filter((row) => row.length === width).length;
    return { delimiter, score: width < 2 ? 0 : (same / Math.max(1, rows.length)) * 1000 + width };
  });
  return scored.reduce((best, other) => (other.score > best.score ? other : best)).delimiter;
}
