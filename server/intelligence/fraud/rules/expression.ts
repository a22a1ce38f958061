export type ValueType = "number" | "text" | "boolean";

/** What a rule may ask of a payment besides its features. */
export const textFields = ["account", "payee", "channel", "country", "category"] as const;
export type TextField = (typeof textFields)[number];

export const functionNames = ["abs", "min", "max", "round", "known"] as const;
export type FunctionName = (typeof functionNames)[number];

export type Comparison = "<" | "<=" | ">" | ">=" | "=" | "!=";

/** A checked expression. Every node knows its type from its kind; `place` is a place in the vector of features. */
export type Expression =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "feature"; readonly name: string; readonly place: number; readonly isFlag: boolean }
  | { readonly kind: "field"; readonly name: TextField }
  | { readonly kind: "negative"; readonly of: Expression }
  | { readonly kind: "arithmetic"; readonly operator: "+" | "-" | "*" | "/"; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "compare"; readonly operator: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: "among"; readonly of: Expression; readonly list: ReadonlySet<string | number> }
  | { readonly kind: "not"; readonly of: Expression }
  | { readonly kind: "all" | "any"; readonly of: readonly Expression[] }
  | { readonly kind: "call"; readonly name: FunctionName; readonly of: readonly Expression[] };

export function typeOf(expression: Expression): ValueType {
  switch (expression.kind) {
    case "number":
    case "negative":
    case "arithmetic":
      return "number";
    case "text":
    case "field":
      return "text";
    case "feature":
      return expression.isFlag ? "boolean" : "number";
    case "boolean":
    case "compare":
    case "among":
    case "not":
    case "all":
    case "any":
      return "boolean";
    case "call":
      return expression.name === "known" ? "boolean" : "number";
  }
}

/** An expression and everything inside it. */
export function* walk(expression: Expression): Generator<Expression> {
  yield expression;
  if ("left" in expression) {
    yield* walk(expression.left);
    yield* walk(expression.right);
  } else if ("of" in expression) {
    for (const part of "kind" in expression.of ? [expression.of] : expression.of) yield* walk(part);
  }
}
