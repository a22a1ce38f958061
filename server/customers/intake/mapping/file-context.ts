import { type CodeList, codeList } from "./code-list.ts";
import { type Expression, ExpressionError } from "./expression/expression.ts";
import { type Compiled, compileExpression, type Surroundings } from "./expression/expression-sql.ts";
import { parseExpression } from "./expression/parse-expression.ts";
import { type ColumnRef, columnsIn, FileColumns } from "./file-columns.ts";
import { centuryOf, type Reading, readingOf } from "./layout.ts";
import type { MappedFile, Mapping } from "./mapping.ts";
import type { Path, Problems } from "./problems.ts";

/** SQL expressions with a name each, in levels: each only names such of lower levels. */
export class NamedParts {
  private readonly levels: string[][] = [];
  private readonly known = new Map<string, { readonly name: string; readonly level: number }>();

  name(sql: string): string {
    let part = this.known.get(sql);
    if (part === undefined) {
      const level =
        Math.max(-1, ...[...this.known.values()].filter(({ name }) => new RegExp(`\\b${name}\\b`).test(sql)).map((other) => other.level)) +
        1;
      part = { name: `e${this.known.size + 1}`, level };
      this.known.set(sql, part);
      const columns = this.levels[level] ?? [];
      this.levels[level] = columns;
      columns.push(`${sql} as ${part.name}`);
    }
    return `s.${part.name}`;
  }

  /** A from item, alias s, with the named parts beside its columns. */
  over(from: string): string {
    return this.levels.reduce((below, level) => `(select s.*, ${level.join(", ")} from ${below} offset 0) s`, from);
  }
}

/** What compiling the records of one file needs to know, and where it says what is wrong. */
export class FileContext {
  readonly mapping: Mapping;
  readonly fileNo: number;
  readonly file: MappedFile;
  readonly path: Path;
  readonly reading: Reading;
  readonly columns: FileColumns;
  readonly codes: ReadonlyMap<string, CodeList>;
  readonly problems: Problems;
  /** Columns taken from each lookup, in the order of v1, v2 … */
  readonly taken = new Map<string, string[]>();
  /** Columns of the file that anything asks for (0 = c1), those that words are read from, and those that keys, numbers and the like are read from. */
  readonly asked = new Set<number>();
  readonly words = new Set<number>();
  readonly exact = new Set<number>();
  /** Parts of expressions of the record being compiled, that later parts name. */
  named = new NamedParts();

  constructor(mapping: Mapping, fileNo: number, header: readonly string[] | null, problems: Problems) {
    this.mapping = mapping;
    this.fileNo = fileNo;
    this.file = mapping.files[fileNo] as MappedFile;
    this.path = ["files", fileNo];
    this.reading = readingOf(mapping, this.file);
    this.columns = new FileColumns(header, this.file, this.reading.blanks);
    this.codes = new Map(Object.entries(mapping.codes ?? {}).map(([name, values]) => [name, codeList(values)]));
    this.problems = problems;
    for (const name of Object.keys(this.file.lookups ?? {})) {
      this.taken.set(name, []);
    }
  }

  /** SQL of a column; null after saying what is wrong. */
  column(name: string, path: Path): { sql: string; ref: ColumnRef } | null {
    try {
      const ref = this.columns.find(name);
      return { sql: this.sqlOf(ref), ref };
    } catch (error) {
      this.say(error, path);
      return null;
    }
  }

  /** An expression with its SQL; null after saying what is wrong. */
  expression(text: string, path: Path): { tree: Expression; compiled: Compiled; columns: ColumnRef[] } | null {
    try {
      const tree = parseExpression(text);
      const compiled = compileExpression(tree, this.surroundings());
      return { tree, compiled, columns: columnsIn(tree).map((name) => this.columns.find(name)) };
    } catch (error) {
      this.say(error, path);
      return null;
    }
  }

  private surroundings(): Surroundings {
    const { calendar, centuryFrom } = this.reading;
    const column = (name: string, at: number) => this.sqlOf(this.columns.find(name, at));
    return { column, name: (sql) => this.named.name(sql), codes: this.codes, calendar, centuryFrom: centuryOf(calendar, centuryFrom) };
  }

  private sqlOf(ref: ColumnRef): string {
    if (ref.at === "file") {
      this.asked.add(ref.index);
      return this.columns.sql(ref.index);
    }
    return ref.at === "absent" ? "''" : this.lookupSql(ref.lookup, ref.column);
  }

  /** Lookups are joined as l0, l1 … in the order of the mapping, their values known as s.l0v1 …; a missing row gives blanks. */
  lookupSql(lookup: string, column: string): string {
    const columns = this.taken.get(lookup) ?? [];
    if (!columns.includes(column)) {
      columns.push(column);
    }
    return `s.l${[...this.taken.keys()].indexOf(lookup)}v${columns.indexOf(column) + 1}`;
  }

  private say(error: unknown, path: Path): void {
    if (!(error instanceof ExpressionError)) {
      throw error;
    }
    this.problems.report(path, error.message);
  }
}
