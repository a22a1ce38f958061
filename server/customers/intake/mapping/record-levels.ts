/** One thing that can be wrong with a record: SQL conditions and reasons over the columns of the value level, tried in order. */
export interface Fault {
  readonly field: string;
  readonly column: string | null;
  readonly raw: string;
  readonly when: string;
  readonly reason: string;
}

/**
 * The SQL of a record grows in levels, each a sub-select over the one before, so that nothing is computed twice: texts, what code lists make of
 * them, values, then the number of the first fault, then what is said of it. `offset 0` keeps the planner from folding them together again.
 */
export class Levels {
  readonly faults: Fault[] = [];
  /** Column of the record -> SQL over everything below. */
  readonly output = new Map<string, string>();
  private readonly levels: string[][] = [];

  /** Names an SQL expression at a level; the lowest, 0, stands over the staging row (alias s). It is known from the next level on. */
  place(level: number, name: string, sql: string): void {
    const columns = this.levels[level] ?? [];
    this.levels[level] = columns;
    columns.push(`${sql} as ${name}`);
  }

  /** All levels over a from item with alias s. */
  over(from: string, where: string): string {
    const [lowest = ["1 as r"], ...higher] = Array.from(this.levels, (columns) => columns ?? []);
    return higher
      .filter((columns) => columns.length > 0)
      .reduce(
        (below, columns) => `select *, ${columns.join(", ")} from (${below}) a offset 0`,
        `select s.line_no, ${lowest.join(", ")} from ${from}${where} offset 0`,
      );
  }
}
