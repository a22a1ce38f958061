/** The syntax tree of the little language. `at` is the position in its text, from 0. */
export type Expression =
  | { readonly node: "text"; readonly value: string; readonly at: number }
  | { readonly node: "number"; readonly value: number; readonly at: number }
  | { readonly node: "column"; readonly name: string; readonly at: number }
  | { readonly node: "call"; readonly name: FunctionName; readonly args: readonly Expression[]; readonly at: number }
  | { readonly node: "compare"; readonly operator: Comparison; readonly left: Expression; readonly right: Expression; readonly at: number }
  | { readonly node: "in"; readonly left: Expression; readonly options: readonly Expression[]; readonly at: number }
  | {
      readonly node: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly node: "logic"; readonly operator: "and" | "or"; readonly left: Expression; readonly right: Expression; readonly at: number }
  | { readonly node: "not"; readonly value: Expression; readonly at: number };

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";
export type ValueType = "text" | "integer" | "date" | "boolean";

/** Functions with the number of arguments they take. */
export const functions = {
  slice: [3, 3],
  concat: [1, 20],
  join: [2, 20],
  trim: [1, 1],
  upper: [1, 1],
  lower: [1, 1],
  replace: [3, 3],
  digits: [1, 1],
  length: [1, 1],
  integer: [1, 1],
  date: [2, 3],
  if: [3, 3],
  blank: [1, 1],
  coalesce: [1, 20],
  code: [2, 2],
} as const satisfies Record<string, readonly [number, number]>;
export type FunctionName = keyof typeof functions;
export const functionNames = Object.keys(functions) as readonly FunctionName[];

/** Whole numbers stay within this bound either side of zero; beyond it a computation fails as `overflow`. Exact in a double. */
export const INTEGER_MAX = 1_000_000_000_000_000;
/** Bytes a text may have that an expression puts together; what may come to more fails as `too_long`. */
export const TEXT_MAX = 4000;

/** An expression that is not well formed; `at` is the position in its text. */
export class ExpressionError extends Error {
  readonly at: number;

  constructor(message: string, at: number) {
    super(message);
    this.name = "ExpressionError";
    this.at = at;
  }
}
