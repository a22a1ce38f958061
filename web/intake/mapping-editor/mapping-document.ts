import { isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { derivedKeys, type Field, fieldsOf, type RecordKind, recordKinds } from "../../../server/customers/intake/mapping/contract.ts";

export type Path = readonly (string | number)[];

/** Where a field's value comes from, as the text says it. `column` may be of a lookup: `holder.client_id`. */
export type ValueSource =
  | { readonly how: "nothing" }
  | { readonly how: "column"; readonly column: string; readonly reading: string }
  | { readonly how: "constant"; readonly value: string }
  | { readonly how: "computed"; readonly expression: string }
  | { readonly how: "two_columns"; readonly credit: string; readonly debit: string };

export interface FieldView {
  readonly path: Path;
  /** As in the language: `born_on`, `key`; of shorthand `phones 1`. */
  readonly name: string;
  readonly field: Field | null;
  readonly required: boolean;
  readonly source: ValueSource;
  /** Line of the text on which it stands, from 1; null when it does not. */
  readonly line: number | null;
}

export interface RecordView {
  readonly path: Path;
  readonly kind: RecordKind;
  readonly fields: readonly FieldView[];
  /** Phones, emails, addresses, identifiers and details, one line each. */
  readonly further: readonly FieldView[];
}

export interface FileView {
  readonly path: Path;
  readonly pattern: string;
  readonly lookups: readonly string[];
  /** The text of its records and lookups: what is named nowhere in it is not read. */
  readonly text: string;
  /** How the file is written, over the defaults. */
  readonly layout: Readonly<Record<string, string>>;
  readonly records: readonly RecordView[];
}

export interface MappingView {
  readonly name: string;
  readonly sourceCode: string;
  readonly files: readonly FileView[];
  readonly codes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const read = (text: string) => parseDocument(text, { schema: "failsafe", prettyErrors: false });
type Parsed = ReturnType<typeof read>;

/** What a mapping's text says, as far as it can be read; null while it is no YAML map with files. */
export function readMappingText(text: string): MappingView | null {
  const doc = read(text);
  if (doc.errors.length > 0 || !isMap(doc.contents)) return null;
  const files = doc.getIn(["files"], true);
  if (!isSeq(files)) return null;
  const lineAt = lineCounter(text);
  const defaults = flatTexts(doc.getIn(["defaults"], true));
  return {
    name: textAt(doc, ["name"]),
    sourceCode: textAt(doc, ["source", "code"]),
    codes: codeLists(doc),
    files: files.items.map((_, index) => readFile({ doc, text, lineAt }, ["files", index], defaults)),
  };
}

interface Reading {
  readonly doc: Parsed;
  readonly text: string;
  readonly lineAt: (offset: number) => number;
}

function readFile({ doc, text, lineAt }: Reading, path: Path, defaults: Record<string, string>): FileView {
  const records = doc.getIn([...path, "records"], true);
  const lookups = doc.getIn([...path, "lookups"], true);
  return {
    path,
    pattern: textAt(doc, [...path, "file"]),
    lookups: isMap(lookups) ? lookups.items.map((pair) => String(pair.key)) : [],
    text: [records, lookups].map((node) => textOf(text, node)).join("\n"),
    layout: { ...defaults, ...flatTexts(doc.getIn(path, true)) },
    records: isSeq(records) ? records.items.flatMap((_, index) => readRecord(doc, [...path, "records", index], lineAt)) : [],
  };
}

const textOf = (text: string, node: unknown): string => {
  const range = (node as Node | undefined)?.range;
  return range ? text.slice(range[0], range[1]) : "";
};

const shorthands = ["phones", "emails", "addresses", "identifiers"] as const;

function readRecord(doc: Parsed, path: Path, lineAt: (offset: number) => number): RecordView[] {
  const kind = recordKinds.find((known) => known === textAt(doc, [...path, "kind"]));
  if (kind === undefined) return [];
  const view = (at: Path, name: string, field: Field | null, required: boolean): FieldView => {
    const node = doc.getIn(at, true) as Node | undefined;
    return { path: at, name, field, required, source: sourceOf(node), line: node?.range ? lineAt(node.range[0]) : null };
  };
  const fields = Object.entries(fieldsOf(kind)).map(([name, field]) =>
    view([...path, "fields", name], name, field, field.required === true),
  );
  const further = shorthands.flatMap((list) => {
    const node = doc.getIn([...path, list], true);
    if (!isSeq(node)) return [];
    return node.items.flatMap((item, index) => shorthandOf(list, item, [...path, list, index], index, view));
  });
  const details = doc.getIn([...path, "details"], true);
  const named = isMap(details)
    ? details.items.map((pair) => view([...path, "details", String(pair.key)], String(pair.key), null, false))
    : [];
  return [
    { path, kind, fields: [view([...path, "key"], "key", null, !(kind in derivedKeys)), ...fields], further: [...further, ...named] },
  ];
}

/** The value inside one entry of a shorthand: the number of a phone, the parts of an address. */
function shorthandOf(
  list: (typeof shorthands)[number],
  item: unknown,
  path: Path,
  index: number,
  view: (at: Path, name: string, field: Field | null, required: boolean) => FieldView,
): FieldView[] {
  const parts = { phones: ["number"], emails: ["address"], addresses: ["value", "line", "city", "postal_code"], identifiers: ["number"] }[
    list
  ];
  if (!isMap(item)) return [view(path, `${list} ${index + 1}`, null, false)];
  return parts.filter((part) => item.has(part)).map((part) => view([...path, part], `${list} ${index + 1} ${part}`, null, false));
}

function sourceOf(node: Node | undefined): ValueSource {
  if (isScalar(node)) return String(node.value) === "" ? { how: "nothing" } : { how: "column", column: String(node.value), reading: "" };
  if (!isMap(node)) return { how: "nothing" };
  const has = (name: string): string => (node.has(name) ? String(node.get(name)) : "");
  if (node.has("column")) return { how: "column", column: has("column"), reading: readingOf(node) };
  if (node.has("value")) return { how: "constant", value: has("value") };
  if (node.has("expression")) return { how: "computed", expression: has("expression") };
  if (node.has("credit") && node.has("debit")) return { how: "two_columns", credit: has("credit"), debit: has("debit") };
  return { how: "nothing" };
}

function readingOf(node: YAMLMap): string {
  return node.items
    .filter((pair) => String(pair.key) !== "column" && isScalar(pair.value))
    .map((pair) => `${String(pair.key)}: ${String((pair.value as { value: unknown }).value)}`)
    .join(", ");
}

function codeLists(doc: Parsed): Record<string, Record<string, string>> {
  const codes = doc.getIn(["codes"], true);
  if (!isMap(codes)) return {};
  return Object.fromEntries(codes.items.map((pair) => [String(pair.key), flatTexts(pair.value)]));
}

function flatTexts(node: unknown): Record<string, string> {
  if (!isMap(node)) return {};
  return Object.fromEntries(
    node.items.flatMap((pair: Pair) => (isScalar(pair.value) ? [[String(pair.key), String(pair.value.value)]] : [])),
  );
}

function textAt(doc: Parsed, path: Path): string {
  const node = doc.getIn(path, true);
  return isScalar(node) ? String(node.value) : "";
}

function lineCounter(text: string): (offset: number) => number {
  return (offset) => text.slice(0, offset).split("\n").length;
}

/**
 * Lets a field be fed by another column (null: by none) and leaves the rest of the text, its comments and its layout as they are. A value with
 * options keeps them; a constant or an expression gives way. Answers the text unchanged when it cannot be read.
 */
export function setColumn(text: string, path: Path, column: string | null): string {
  const doc = read(text);
  if (doc.errors.length > 0) return text;
  const node = doc.getIn(path, true) as Node | undefined;
  if (column === null) return node === undefined ? text : removePair(text, doc, path);
  const place = isMap(node) && node.has("column") ? (doc.getIn([...path, "column"], true) as Node) : node;
  if (place?.range) {
    const [start, end] = place.range;
    const block = isMap(place) && !place.flow;
    return `${text.slice(0, start)}${written(column)}${block && text[end - 1] === "\n" ? "\n" : ""}${text.slice(end)}`;
  }
  return addPair(text, doc, path, column);
}

/** A column's name so that YAML takes it for this text and nothing else, in block and in flow style. */
function written(column: string): string {
  return /^[\p{L}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_])?$/u.test(column) ? column : JSON.stringify(column);
}

function addPair(text: string, doc: Parsed, path: Path, column: string): string {
  const parent = doc.getIn(path.slice(0, -1), true);
  const name = String(path.at(-1));
  const last = isMap(parent) ? parent.items.at(-1) : undefined;
  const first = isMap(parent) ? (parent.items[0]?.key as Node | undefined) : undefined;
  const lastValue = (last?.value ?? last?.key) as Node | undefined;
  if (!isMap(parent) || !lastValue?.range || !first?.range) {
    doc.setIn(path, column);
    return doc.toString({ lineWidth: 140 });
  }
  const end = lastValue.range[1];
  if (parent.flow) return `${text.slice(0, end)}, ${name}: ${written(column)}${text.slice(end)}`;
  const indent = " ".repeat(first.range[0] - (text.lastIndexOf("\n", first.range[0] - 1) + 1));
  const lineEnd = text[end - 1] === "\n" ? end - 1 : text.indexOf("\n", end);
  const at = lineEnd === -1 ? text.length : lineEnd;
  return `${text.slice(0, at)}\n${indent}${name}: ${written(column)}${text.slice(at)}`;
}

function removePair(text: string, doc: Parsed, path: Path): string {
  const parent = doc.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(path.at(-1))) : undefined;
  const from = (pair?.key as Node | undefined)?.range?.[0];
  const to = ((pair?.value ?? pair?.key) as Node | undefined)?.range?.[1];
  if (!isMap(parent) || parent.flow || parent.items.length < 2 || from === undefined || to === undefined) {
    doc.deleteIn(path);
    return doc.toString({ lineWidth: 140 });
  }
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const lineEnd = text[to - 1] === "\n" ? to - 1 : text.indexOf("\n", to);
  return `${text.slice(0, start)}${lineEnd === -1 ? "" : text.slice(lineEnd + 1)}`;
}
