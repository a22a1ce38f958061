import { featureCatalogue, featurePlace } from "../features/catalogue.ts";
import {
  type Comparison,
  type Expression,
  type FunctionName,
  functionNames,
  type TextField,
  textFields,
  typeOf,
  type ValueType,
} from "./expression.ts";
import { RuleFault } from "./rule-fault.ts";
import { type Token, tokensOf } from "./tokens.ts";

const TEXT_MAX = 2_000;
const PARTS_MAX = 300;
const DEPTH_MAX = 32;
const LIST_MAX = 1_000;

export type NamedLists = ReadonlyMap<string, readonly (string | number)[]>;

/**
 * Reads the text of a rule into a checked expression: every name is of the catalogue, every operator gets the type it needs, the whole is true or false.
 * Nothing of it is ever run as code. At most 2,000 characters, 300 parts, 32 levels. Throws RuleFault, which names the column.
 *
 *   rule    = and ("or" and)*          and = not ("and" not)*        not = "not" not | compare
 *   compare = sum (("<" | "<=" | ">" | ">=" | "=" | "!=") sum | ["not"] "in" (list | name of a list))?
 *   sum     = product (("+" | "-") product)*                         product = unary (("*" | "/") unary)*
 *   unary   = "-" unary | number | "text" | true | false | name | function "(" rule ("," rule)* ")" | "(" rule ")"
 */
export function parseRule(text: string, lists: NamedLists = new Map()): Expression {
  if (text.length > TEXT_MAX) throw new RuleFault(TEXT_MAX + 1, `a rule has at most ${TEXT_MAX} characters`);
  const parser = new Parser(tokensOf(text), lists);
  const rule = parser.rule(1);
  parser.expectEnd();
  parser.demand(rule, "boolean", 1);
  return rule;
}

class Parser {
  private readonly tokens: readonly Token[];
  private readonly lists: NamedLists;
  private place = 0;
  private parts = 0;

  constructor(tokens: readonly Token[], lists: NamedLists) {
    this.tokens = tokens;
    this.lists = lists;
  }

  rule(depth: number): Expression {
    if (depth > DEPTH_MAX) throw new RuleFault(this.next.column, `at most ${DEPTH_MAX} levels may stand inside each other`);
    return this.joined("any", "or", () => this.joined("all", "and", () => this.negation(depth)));
  }

  expectEnd(): void {
    if (this.next.kind !== "end") throw new RuleFault(this.next.column, `expected and, or, or the end, found ${this.next.text}`);
  }

  demand(expression: Expression, type: ValueType, column: number): void {
    const found = typeOf(expression);
    if (found !== type) throw new RuleFault(column, `expected ${words[type]}, found ${words[found]}`);
  }

  private get next(): Token {
    return this.tokens[this.place] as Token;
  }

  private takes(text: string): boolean {
    const { kind } = this.next;
    if ((kind !== "sign" && kind !== "name") || this.next.text !== text) return false;
    this.place += 1;
    return true;
  }

  private joined(kind: "all" | "any", word: string, part: () => Expression): Expression {
    const columns = [this.next.column];
    const of = [part()];
    while (this.takes(word)) {
      columns.push(this.next.column);
      of.push(part());
    }
    const [only] = of;
    if (of.length === 1 && only !== undefined) return only;
    for (const [at, one] of of.entries()) this.demand(one, "boolean", columns[at] ?? 1);
    return this.made({ kind, of });
  }

  private negation(depth: number): Expression {
    if (!this.takes("not")) return this.comparison(depth);
    const { column } = this.next;
    if (depth >= DEPTH_MAX) throw new RuleFault(column, `at most ${DEPTH_MAX} levels may stand inside each other`);
    const of = this.negation(depth + 1);
    this.demand(of, "boolean", column);
    return this.made({ kind: "not", of });
  }

  private comparison(depth: number): Expression {
    const { column } = this.next;
    const left = this.sum(depth);
    const sign = this.next;
    if (sign.kind === "sign" && isComparison(sign.text)) {
      this.place += 1;
      const rightColumn = this.next.column;
      const right = this.sum(depth);
      if (sign.text === "=" || sign.text === "!=") this.demand(right, typeOf(left), rightColumn);
      else {
        this.demand(left, "number", column);
        this.demand(right, "number", rightColumn);
      }
      return this.made({ kind: "compare", operator: sign.text, left, right });
    }
    const isNot = this.next.text === "not" && this.tokens[this.place + 1]?.text === "in";
    if (isNot) this.place += 1;
    if (!this.takes("in")) return left;
    const among = this.made({ kind: "among", of: left, list: this.list(typeOf(left), column) });
    return isNot ? this.made({ kind: "not", of: among }) : among;
  }

  private list(type: ValueType, column: number): ReadonlySet<string | number> {
    if (type === "boolean") throw new RuleFault(column, "true or false is in no list");
    const { next } = this;
    if (next.kind === "name") {
      this.place += 1;
      const named = this.lists.get(next.text);
      if (named === undefined) throw new RuleFault(next.column, `there is no list ${next.text}`);
      if (!named.every((item) => typeof item === (type === "text" ? "string" : "number")))
        throw new RuleFault(next.column, `the list ${next.text} does not hold ${words[type]} only`);
      return new Set(named);
    }
    if (!this.takes("[")) throw new RuleFault(next.column, `expected a list, found ${next.text || "the end"}`);
    const items = new Set<string | number>();
    do items.add(this.item(type));
    while (this.takes(","));
    if (!this.takes("]")) throw new RuleFault(this.next.column, `expected , or ], found ${this.next.text || "the end"}`);
    if (items.size > LIST_MAX) throw new RuleFault(next.column, `a list written out has at most ${LIST_MAX} items; name a longer one`);
    return items;
  }

  private item(type: ValueType): string | number {
    const isNegative = type === "number" && this.takes("-");
    const token = this.next;
    if (token.kind !== type || (token.kind !== "number" && token.kind !== "text"))
      throw new RuleFault(token.column, `expected ${words[type]}, found ${token.text || "the end"}`);
    this.place += 1;
    return token.kind === "number" && isNegative ? -token.value : token.value;
  }

  private sum(depth: number): Expression {
    return this.arithmetic(["+", "-"], () => this.arithmetic(["*", "/"], () => this.unary(depth)));
  }

  private arithmetic(operators: readonly ("+" | "-" | "*" | "/")[], part: () => Expression): Expression {
    const { column } = this.next;
    let left = part();
    for (;;) {
      const operator = operators.find((one) => this.takes(one));
      if (operator === undefined) return left;
      this.demand(left, "number", column);
      const rightColumn = this.next.column;
      const right = part();
      this.demand(right, "number", rightColumn);
      left = this.made({ kind: "arithmetic", operator, left, right });
    }
  }

  private unary(depth: number): Expression {
    const token = this.next;
    if (depth >= DEPTH_MAX) throw new RuleFault(token.column, `at most ${DEPTH_MAX} levels may stand inside each other`);
    this.place += 1;
    if (token.kind === "number") return this.made({ kind: "number", value: token.value });
    if (token.kind === "text") return this.made({ kind: "text", value: token.value });
    if (token.kind === "name") return this.named(token.text, token.column, depth);
    if (token.text === "-") {
      const of = this.unary(depth + 1);
      this.demand(of, "number", token.column + 1);
      return this.made({ kind: "negative", of });
    }
    if (token.text === "(") {
      const inner = this.rule(depth + 1);
      if (!this.takes(")")) throw new RuleFault(this.next.column, `expected ), found ${this.next.text || "the end"}`);
      return inner;
    }
    throw new RuleFault(token.column, token.kind === "end" ? "something is missing here" : `${token.text} cannot stand here`);
  }

  private named(name: string, column: number, depth: number): Expression {
    if (name === "true" || name === "false") return this.made({ kind: "boolean", value: name === "true" });
    if (isFunction(name) && this.takes("(")) return this.call(name, column, depth);
    if (isTextField(name)) return this.made({ kind: "field", name });
    const place = featurePlace(name);
    if (place === undefined) throw new RuleFault(column, `there is no ${name}${suggestion(name)}`);
    return this.made({ kind: "feature", name, place, isFlag: featureCatalogue[place]?.isFlag === true });
  }

  private call(name: FunctionName, column: number, depth: number): Expression {
    const of: Expression[] = [];
    do {
      const argument = this.next.column;
      const one = this.rule(depth + 1);
      if (name === "known" ? one.kind !== "feature" && one.kind !== "field" : typeOf(one) !== "number")
        throw new RuleFault(argument, name === "known" ? "known() asks about a name" : `expected a number, found ${words[typeOf(one)]}`);
      of.push(one);
    } while (this.takes(","));
    if (!this.takes(")")) throw new RuleFault(this.next.column, `expected , or ), found ${this.next.text || "the end"}`);
    const isPair = name === "min" || name === "max";
    if (isPair ? of.length < 2 : of.length !== 1) throw new RuleFault(column, `${name}() takes ${isPair ? "two or more" : "one"}`);
    return this.made({ kind: "call", name, of });
  }

  private made(expression: Expression): Expression {
    this.parts += 1;
    if (this.parts > PARTS_MAX) throw new RuleFault(this.next.column, `a rule has at most ${PARTS_MAX} parts`);
    return expression;
  }
}

const words: Readonly<Record<ValueType, string>> = { number: "a number", text: "a text", boolean: "true or false" };
const isComparison = (text: string): text is Comparison => ["<", "<=", ">", ">=", "=", "!="].includes(text);
const isFunction = (name: string): name is FunctionName => (functionNames as readonly string[]).includes(name);
const isTextField = (name: string): name is TextField => (textFields as readonly string[]).includes(name);

/** Another name of the catalogue that holds the same last word. */
function suggestion(name: string): string {
  const word = name.split(".").at(-1) ?? name;
  const near = featureCatalogue.find((feature) => feature.name.endsWith(`.${word}`) || feature.name.startsWith(name));
  return near === undefined ? "" : `; there is ${near.name}`;
}
