// What a spreadsheet would take for a formula, also behind apostrophes and in full width. A cell that begins so is written with one apostrophe more; taking
// exactly that one away gives back what was there, whatever it was.
const dangerous = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Text that no spreadsheet computes with (CWE-1236). `originalCell` undoes it. */
export function safeCell(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

export function originalCell(cell: string): string {
  return cell.startsWith("'") && dangerous.test(cell) ? cell.slice(1) : cell;
}
