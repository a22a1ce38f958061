import { type Document, isCollection, isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { compileFile } from "./compile-file.ts";
import { explainIssue, rememberKeys } from "./explain-issue.ts";
import { fieldsOf, type RecordKind, recordKinds } from "./fields.ts";
import { Mapping, MappingLimits } from "./mapping.ts";
import { type MappingProblem, type Path, Problems } from "./problems.ts";

export interface ReadMapping {
  /** Null when something is wrong. */
  readonly mapping: Mapping | null;
  readonly problems: readonly MappingProblem[];
  /** Line and column of a field in the text, for what is found later. */
  locate(path: Path): { line: number; column: number };
}

/** Reads and checks a mapping wholly: what is wrong comes back all at once, by line, column and field. Never throws for any text. */
export function readMapping(text: string): ReadMapping {
  const lines = new LineCounter();
  if (Buffer.byteLength(text) > MappingLimits.bytesMax) {
    return refused({ line: 1, column: 1, path: "", message: `the mapping is longer than ${MappingLimits.bytesMax} bytes` });
  }
  // Failsafe: every scalar is the text that stands there, so that 01 and no stay what they are.
  const document = parseDocument(text, { schema: "failsafe", lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const locate = (path: Path) => locationOf(document, lines, path);
  const problems = new Problems(locate);
  if (document.errors.length > 0) {
    return refused(
      ...document.errors.map((error) => ({ ...placeAt(lines, error.pos[0]), path: "", message: `this is no YAML: ${error.message}` })),
    );
  }
  let input: unknown;
  try {
    input = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refused({
      line: 1,
      column: 1,
      path: "",
      message: "anchors and aliases (& and *) are not used in mappings; quote a value that begins with them",
    });
  }
  const result = Mapping.safeParse(input);
  if (!result.success) {
    for (const issue of result.error.issues) {
      nameKnownKeys(issue, input);
      explainIssue(issue, input, problems);
    }
    return { mapping: null, problems: sorted(problems.found), locate };
  }
  result.data.files.forEach((_, fileNo) => {
    compileFile(result.data, fileNo, null, problems);
  });
  checkNames(result.data, problems);
  return { mapping: problems.found.length === 0 ? result.data : null, problems: sorted(problems.found), locate };
}

function refused(...problems: MappingProblem[]): ReadMapping {
  return { mapping: null, problems, locate: () => ({ line: 1, column: 1 }) };
}

function sorted(problems: readonly MappingProblem[]): MappingProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function checkNames(mapping: Mapping, problems: Problems): void {
  const seen = new Set<string>();
  mapping.files.forEach((file, fileNo) => {
    const name = `${file.file} ${file.entry ?? ""}`;
    if (seen.has(name)) {
      problems.report(["files", fileNo, "file"], `${file.file} appears twice; one entry may give several records`);
    }
    seen.add(name);
  });
}

/** Suggestions for a misspelt key: the fields of the record's kind. */
function nameKnownKeys(issue: z.core.$ZodIssue, input: unknown): void {
  if (issue.code !== "unrecognized_keys") {
    return;
  }
  const path = issue.path as (string | number)[];
  const parent = path.slice(0, -1).reduce<unknown>((value, step) => (value as Record<string | number, unknown> | undefined)?.[step], input);
  const kind = (parent as { kind?: unknown } | undefined)?.kind;
  if (path.at(-1) === "fields" && recordKinds.includes(kind as RecordKind)) {
    rememberKeys(issue, Object.keys(fieldsOf(kind as RecordKind)));
  } else {
    rememberKeys(issue, keysByPlace(path));
  }
}

function keysByPlace(path: readonly (string | number)[]): string[] {
  const last = path.at(-1);
  const place = typeof last === "number" ? path.at(-2) : last;
  const shape = Mapping.shape;
  if (place === undefined) {
    return Object.keys(shape);
  }
  if (place === "files") {
    return Object.keys(shape.files.element.shape);
  }
  if (place === "records") {
    return ["kind", "key", "when", "fields", "details", "check", "phones", "emails", "addresses", "identifiers"];
  }
  if (place === "defaults") {
    return Object.keys(shape.defaults.unwrap().shape);
  }
  if (place === "source") {
    return Object.keys(shape.source.shape);
  }
  return path.includes("fields") || path.includes("details") ? valueKeys : [];
}

const valueKeys = "column value expression credit debit format calendar century_from timezone decimal group unit sign codes default".split(
  " ",
);

/** Where a path stands: the key of its last step, or the nearest that is there. */
function locationOf(document: Document, lines: LineCounter, path: Path): { line: number; column: number } {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of path) {
    if (!isCollection(node)) {
      break;
    }
    const pair = isMap(node) ? node.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === String(step)) : undefined;
    const next: unknown = pair === undefined ? node.get(step, true) : pair.value;
    const place = (pair?.key ?? next) as Node | null | undefined;
    if (place?.range == null) {
      break;
    }
    offset = place.range[0];
    node = next;
  }
  return placeAt(lines, offset);
}

function placeAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}
