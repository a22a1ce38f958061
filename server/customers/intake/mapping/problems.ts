/** Something wrong with a mapping, said at its place in the text (line and column from 1) and by the path of the field. */
export interface MappingProblem {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** Collects what is wrong, all at once; the same thing is said once. */
export class Problems {
  readonly found: MappingProblem[] = [];
  readonly locate: (path: Path) => { line: number; column: number };

  constructor(locate: (path: Path) => { line: number; column: number }) {
    this.locate = locate;
  }

  report(path: Path, message: string, shift = 0): void {
    const at = this.locate(path);
    const problem = { line: at.line, column: at.column + shift, path: pathText(path), message };
    if (this.found.length < 500 && !this.found.some((other) => other.path === problem.path && other.message === message)) {
      this.found.push(problem);
    }
  }
}

/** files[0].records[1].fields.amount */
export function pathText(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
