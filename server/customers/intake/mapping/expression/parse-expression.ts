import { hint } from "../nearest.ts";
import {
  type Comparison,
  type Expression,
  ExpressionError,
  type FunctionName,
  functionNames,
  functions,
  INTEGER_MAX,
} from "./expression.ts";

type Token =
  | { readonly type: "text" | "name" | "bracketed" | "sign"; readonly text: string; readonly at: number }
  | { readonly type: "number"; readonly text: string; readonly at: number }
  | { readonly type: "end"; readonly text: ""; readonly at: number };

const NESTING_MAX = 12;
const tokenPattern =
  /\s*(?:(?<text>'(?:[^']|'')*')|(?<number>\d+(?![\p{L}_]))|(?<bracketed>\[[^[\]]+\])|(?<name>[\p{L}_][\p{L}\p{N}\p{M}_]*)|(?<sign><=|>=|!=|<>|[=<>+\-*/(),.]))/uy;
const comparisons: readonly string[] = ["=", "!=", "<", "<=", ">", ">="];

/** Reads an expression of the mapping language. Throws ExpressionError with a plain sentence and the position. */
export function parseExpression(text: string): Expression {
  return new Parser(tokens(text)).whole();
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (text.slice(tokenPattern.lastIndex).trim() !== "") {
    const from = tokenPattern.lastIndex;
    const groups = tokenPattern.exec(text)?.groups;
    const at = from + text.slice(from).search(/\S/);
    if (groups === undefined) {
      throw new ExpressionError(text[at] === "'" ? "a text is not closed: ' is missing" : `${text[at]} is not understood here`, at);
    }
    if (groups.text !== undefined) {
      found.push({ type: "text", text: groups.text.slice(1, -1).replaceAll("''", "'"), at });
    } else if (groups.number !== undefined) {
      found.push({ type: "number", text: groups.number, at });
    } else if (groups.bracketed !== undefined) {
      found.push({ type: "bracketed", text: groups.bracketed.slice(1, -1), at });
    } else if (groups.name !== undefined) {
      found.push({ type: "name", text: groups.name, at });
    } else {
      found.push({ type: "sign", text: groups.sign === "<>" ? "!=" : (groups.sign ?? ""), at });
    }
  }
  found.push({ type: "end", text: "", at: text.length });
  return found;
}

class Parser {
  private readonly tokens: readonly Token[];
  private index = 0;
  private depth = 0;

  constructor(all: readonly Token[]) {
    this.tokens = all;
  }

  whole(): Expression {
    const result = this.either();
    if (this.next.type !== "end") {
      throw this.unexpected();
    }
    return result;
  }

  private get next(): Token {
    return this.tokens[this.index] as Token;
  }

  private unexpected(): ExpressionError {
    const { type, text, at } = this.next;
    return new ExpressionError(type === "end" ? "the expression ends too early" : `${text} is not expected here`, at);
  }

  private isNext(type: Token["type"], text: string): boolean {
    return this.next.type === type && this.next.text === text;
  }

  private take(type: Token["type"], text: string): boolean {
    const taken = this.isNext(type, text);
    this.index += taken ? 1 : 0;
    return taken;
  }

  private expect(text: string): void {
    if (!this.take("sign", text)) {
      throw new ExpressionError(`${text} is missing${this.next.type === "end" ? "" : ` before ${this.next.text}`}`, this.next.at);
    }
  }

  private either(): Expression {
    this.depth += 1;
    if (this.depth > NESTING_MAX) {
      throw new ExpressionError(`expressions may be nested ${NESTING_MAX} deep`, this.next.at);
    }
    let left = this.both();
    for (let at = this.next.at; this.take("name", "or"); at = this.next.at) {
      left = { node: "logic", operator: "or", left, right: this.both(), at };
    }
    this.depth -= 1;
    return left;
  }

  private both(): Expression {
    let left = this.negated();
    for (let at = this.next.at; this.take("name", "and"); at = this.next.at) {
      left = { node: "logic", operator: "and", left, right: this.negated(), at };
    }
    return left;
  }

  private negated(): Expression {
    const at = this.next.at;
    let times = 0;
    while (this.take("name", "not")) {
      times += 1;
    }
    const value = this.compared();
    return times === 0 ? value : { node: "not", value: times % 2 === 1 ? value : { node: "not", value, at }, at };
  }

  private compared(): Expression {
    const left = this.sum();
    const { at, type, text } = this.next;
    if (type === "sign" && comparisons.includes(text)) {
      this.index += 1;
      return { node: "compare", operator: text as Comparison, left, right: this.sum(), at };
    }
    if (this.take("name", "in")) {
      this.expect("(");
      return { node: "in", left, options: this.list(200), at };
    }
    return left;
  }

  private sum(): Expression {
    let left = this.product();
    for (let token = this.next; this.take("sign", "+") || this.take("sign", "-"); token = this.next) {
      left = { node: "arithmetic", operator: token.text as "+" | "-", left, right: this.product(), at: token.at };
    }
    return left;
  }

  private product(): Expression {
    let left = this.single();
    for (let token = this.next; this.take("sign", "*") || this.take("sign", "/"); token = this.next) {
      left = { node: "arithmetic", operator: token.text as "*" | "/", left, right: this.single(), at: token.at };
    }
    return left;
  }

  private single(): Expression {
    const { type, text, at } = this.next;
    if (this.take("sign", "(")) {
      const inner = this.either();
      this.expect(")");
      return inner;
    }
    if (this.take("sign", "-")) {
      return { node: "arithmetic", operator: "-", left: { node: "number", value: 0, at }, right: this.single(), at };
    }
    if (type === "end" || type === "sign") {
      throw this.unexpected();
    }
    this.index += 1;
    if (type === "text") {
      return { node: "text", value: text, at };
    }
    if (type === "number") {
      const value = Number(text);
      if (value > INTEGER_MAX) {
        throw new ExpressionError(`the number ${text} is too large`, at);
      }
      return { node: "number", value, at };
    }
    return type === "name" && this.take("sign", "(") ? this.call(text, at) : this.column(text, at);
  }

  private column(first: string, at: number): Expression {
    let name = first;
    while (this.take("sign", ".")) {
      if (this.next.type !== "name" && this.next.type !== "bracketed" && this.next.type !== "number") {
        throw this.unexpected();
      }
      name = `${name}.${this.next.text}`;
      this.index += 1;
    }
    return { node: "column", name, at };
  }

  private call(name: string, at: number): Expression {
    if (!Object.hasOwn(functions, name)) {
      throw new ExpressionError(`there is no function ${name}${hint(name, functionNames)}`, at);
    }
    const args = this.list(20);
    const [least, most] = functions[name as FunctionName];
    if (args.length < least || args.length > most) {
      throw new ExpressionError(`${name} takes ${least === most ? least : `${least} to ${most}`} values, not ${args.length}`, at);
    }
    return { node: "call", name: name as FunctionName, args, at };
  }

  private list(max: number): Expression[] {
    const items: Expression[] = [];
    do {
      if (items.length >= max) {
        throw new ExpressionError(`no more than ${max} values`, this.next.at);
      }
      items.push(this.either());
    } while (this.take("sign", ","));
    this.expect(")");
    return items;
  }
}
