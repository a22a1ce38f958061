/** Why the text of a rule is no rule, and where: columns from 1. */
export class RuleFault extends Error {
  readonly column: number;
  /** What is wrong, without the place. */
  readonly reason: string;

  constructor(column: number, reason: string) {
    super(`column ${column}: ${reason}`);
    this.name = "RuleFault";
    this.column = column;
    this.reason = reason;
  }
}
