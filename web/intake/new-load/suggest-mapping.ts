import { fieldsOf, type RecordKind } from "../../../server/customers/intake/mapping/contract.ts";
import { columnOf, guessDateFormat, guessDecimal, guessSexCodes, nameWords } from "./column-words.ts";
import type { Sniffed } from "./sniff-file.ts";

/** Reads enough columns to be told from the others; customers land before accounts, accounts before movements. */
const kinds = ["party", "holding", "transaction"] as const satisfies readonly RecordKind[];
type SuggestedKind = (typeof kinds)[number];

/**
 * A first mapping for files nobody has described yet, from the names of their columns and the look of their values. It is a beginning, not an
 * answer: what it could not find is left out, and the check names it.
 */
export function suggestMapping(files: readonly Sniffed[], source: { code: string; name: string }): string {
  const parts = files
    .map((file) => ({ file, kind: kindOf(file) }))
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
    .map(({ file, kind }) => filePart(file, kind));
  return [
    "vinculo: 1",
    `name: ${quoted(source.name)}`,
    `source: { code: ${source.code}, name: ${quoted(source.name)}, trust: 50 }`,
    ...codeLines(files),
    "files:",
    ...parts.flat(),
    "",
  ].join("\n");
}

function sexCodesOf(file: Sniffed): Readonly<Record<string, string>> | null {
  const column = columnOf(file.columns, "sex");
  return column === null ? null : guessSexCodes(file.rows.map((row) => row[file.columns.indexOf(column)] ?? ""));
}

/** What no row of the beginning says stays open: it is blank rather than wrong. */
function codeLines(files: readonly Sniffed[]): string[] {
  const words = Object.assign({}, ...files.map((file) => sexCodesOf(file) ?? {})) as Record<string, string>;
  const pairs = Object.entries(words).map(([word, ours]) => `${quoted(word)}: ${ours}`);
  return pairs.length === 0 ? [] : ["codes:", `  sex: { ${pairs.join(", ")}, otherwise: blank }`];
}

/** A word made of a file's name: `Kunden_2026-01.csv.gz` gives `kunden`. */
export function sourceCodeOf(fileName: string): string {
  const word =
    fileName
      .split(".")[0]
      ?.toLowerCase()
      .replaceAll(/[^a-z]+/g, "_")
      .replaceAll(/^_+|_+$/g, "") ?? "";
  return word === "" ? "new_source" : word.slice(0, 60);
}

export function kindOf({ columns }: Pick<Sniffed, "columns">): SuggestedKind {
  const has = (word: string) => columnOf(columns, word) !== null;
  if (has("amount") && has("booked_on")) return "transaction";
  if (has("full_name") || has("family_name") || has("born_on")) return "party";
  if (has("holding") && (has("owner") || has("currency") || has("balance"))) return "holding";
  return "party";
}

function filePart(file: Sniffed, kind: SuggestedKind): string[] {
  const layout = [
    ...(file.format === "csv" ? [] : [`format: ${file.format}`]),
    ...(file.encoding === "utf-8" ? [] : [`encoding: ${file.encoding}`]),
    ...(file.format !== "csv" || file.delimiter === "," ? [] : [`delimiter: ${file.delimiter === "\t" ? "tab" : quoted(file.delimiter)}`]),
    ...valueLayout(file),
    ...(file.format === "jsonl" ? [`columns: [${file.columns.map(quoted).join(", ")}]`] : []),
  ];
  return [
    `  - file: ${quoted(file.name)}`,
    ...layout.map((line) => `    ${line}`),
    "    records:",
    `      - kind: ${kind}`,
    `        key: ${quoted(keyOf(file, kind))}`,
    "        fields:",
    ...fieldLines(file, kind).map((line) => `          ${line}`),
    ...(kind === "party" ? contactLines(file.columns).map((line) => `        ${line}`) : []),
  ];
}

/** How the file writes dates and decimals, from the columns that hold them. */
function valueLayout(file: Sniffed): string[] {
  const valuesOf = (words: readonly string[]) =>
    words.flatMap((word) => {
      const column = columnOf(file.columns, word);
      return column === null ? [] : file.rows.map((row) => row[file.columns.indexOf(column)] ?? "");
    });
  const date = guessDateFormat(valuesOf(["born_on", "booked_on", "opened_on", "customer_since"]));
  const decimal = guessDecimal(valuesOf(["amount", "balance"]));
  return [
    ...(date === null || date === "YYYY-MM-DD" ? [] : [`date_format: ${date}`]),
    ...(decimal === "." ? [] : [`decimal: "${decimal}"`]),
  ];
}

function keyOf(file: Sniffed, kind: SuggestedKind): string {
  const word = { party: "party_key", holding: "holding", transaction: "transaction_key" }[kind];
  return columnOf(file.columns, word) ?? file.columns[0] ?? "";
}

function fieldLines(file: Sniffed, kind: SuggestedKind): string[] {
  const constant: Partial<Record<string, string>> =
    kind === "party" ? { kind: "person" } : kind === "holding" ? { kind: "current_account" } : {};
  const taken = new Set([keyOf(file, kind)]);
  return Object.keys(fieldsOf(kind)).flatMap((name) => {
    const column = nameWords.has(name) ? columnOf(file.columns, name) : null;
    if (column !== null && (!taken.has(column) || name === "owner")) {
      taken.add(column);
      const codes = name === "sex" && sexCodesOf(file) !== null;
      return [codes ? `sex: { column: ${quoted(column)}, codes: sex }` : `${name}: ${quoted(column)}`];
    }
    if (name === "full_name") return joinedName(file.columns);
    return constant[name] === undefined ? [] : [`${name}: { value: ${constant[name]} }`];
  });
}

function joinedName(columns: readonly string[]): string[] {
  const parts = [columnOf(columns, "given_name"), columnOf(columns, "family_name")].filter((column) => column !== null);
  return parts.length === 0
    ? []
    : [`full_name: { expression: ${JSON.stringify(`join(' ', ${parts.map((part) => `[${part}]`).join(", ")})`)} }`];
}

function contactLines(columns: readonly string[]): string[] {
  const phone = columnOf(columns, "phone");
  const email = columnOf(columns, "email");
  const id = columnOf(columns, "national_id");
  const line = columnOf(columns, "line");
  const city = columnOf(columns, "city");
  const postal = columnOf(columns, "postal_code");
  const address = [line && `line: ${quoted(line)}`, city && `city: ${quoted(city)}`, postal && `postal_code: ${quoted(postal)}`].filter(
    Boolean,
  );
  return [
    ...(phone === null ? [] : [`phones: [ { number: ${quoted(phone)} } ]`]),
    ...(email === null ? [] : [`emails: [ { address: ${quoted(email)} } ]`]),
    ...(address.length === 0 ? [] : [`addresses: [ { ${address.join(", ")} } ]`]),
    ...(id === null ? [] : [`identifiers: [ { scheme: national_id, number: ${quoted(id)} } ]`]),
  ];
}

function quoted(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(text) ? text : JSON.stringify(text);
}
