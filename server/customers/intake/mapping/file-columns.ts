import { type Expression, ExpressionError } from "./expression/expression.ts";
import { literals } from "./literal.ts";
import type { MappedFile } from "./mapping.ts";
import { hint } from "./nearest.ts";

/** A column a mapping names: of the file itself, of a lookup, or one that may be absent and is. */
export type ColumnRef =
  | { readonly at: "file"; readonly index: number }
  | { readonly at: "lookup"; readonly lookup: string; readonly column: string }
  | { readonly at: "absent" };

/**
 * Finds columns by name. With a header, unknown names are refused with a suggestion; without one (a mapping is checked before its files are
 * there) every name is a column.
 */
export class FileColumns {
  readonly names: string[];
  private readonly open: boolean;
  private readonly optional: ReadonlySet<string>;
  private readonly lookups: ReadonlySet<string>;
  private readonly blanks: readonly string[];

  constructor(header: readonly string[] | null, file: MappedFile, blanks: readonly string[]) {
    this.names = [...(header ?? [])];
    this.open = header === null;
    this.optional = new Set(file.optional_columns);
    this.lookups = new Set(Object.keys(file.lookups ?? {}));
    this.blanks = blanks;
  }

  /** Throws ExpressionError. */
  find(name: string, at = 0): ColumnRef {
    const index = this.names.indexOf(name);
    if (index >= 0) {
      if (this.names.includes(name, index + 1)) {
        throw new ExpressionError(`the file has two columns named ${name}`, at);
      }
      return { at: "file", index };
    }
    const dot = name.indexOf(".");
    const lookup = name.slice(0, Math.max(dot, 0));
    if (dot > 0 && this.lookups.has(lookup)) {
      return { at: "lookup", lookup, column: name.slice(dot + 1) };
    }
    if (this.optional.has(name)) {
      return { at: "absent" };
    }
    if (!this.open) {
      throw new ExpressionError(`the file has no column ${name}${hint(name, this.names)}`, at);
    }
    this.names.push(name);
    return { at: "file", index: this.names.length - 1 };
  }

  /** SQL of a column of the file over alias s; what the file writes for nothing becomes blank. */
  sql(index: number): string {
    const column = `s.c${index + 1}`;
    return this.blanks.length === 0 ? column : `case when ${column} in (${literals(this.blanks)}) then '' else ${column} end`;
  }

  cell(cells: readonly string[], index: number): string {
    const cell = cells[index] ?? "";
    return this.blanks.includes(cell) ? "" : cell;
  }
}

/** Names of all columns an expression reads, in order. */
export function columnsIn(expression: Expression): string[] {
  switch (expression.node) {
    case "text":
    case "number":
      return [];
    case "column":
      return [expression.name];
    case "not":
      return columnsIn(expression.value);
    case "in":
      return [expression.left, ...expression.options].flatMap(columnsIn);
    case "call":
      return (expression.name === "code" ? expression.args.slice(0, 1) : expression.args).flatMap(columnsIn);
    default:
      return [expression.left, expression.right].flatMap(columnsIn);
  }
}
