import { DomainError } from "../errors/index.ts";

/** Deeper nesting than any contract has; a bound on the recursion of everything that walks a body later. */
const DEPTH_MAX = 32;
const forbiddenKeys = new Set(["__proto__", "constructor", "prototype"]);
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const whitespace = /[ \t\n\r]*/y;

/**
 * JSON without its traps: a key twice, `__proto__`, NUL, half a surrogate pair, numbers a double cannot hold, endless nesting.
 * Readers differ on each of these, and what one check reads another must not read differently.
 * Fails with: invalid_input.
 */
export function parseStrictJson(text: string): unknown {
  return new Reader(text).read();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): unknown {
    const value = this.#value(0);
    if (this.#at !== this.#text.length) this.#fail("malformed");
    return value;
  }

  #fail(reason: string): never {
    throw new DomainError("invalid_input", `body is not strict JSON: ${reason} at ${this.#at}`, { fields: [{ path: "", reason }] });
  }

  #value(depth: number): unknown {
    if (depth > DEPTH_MAX) this.#fail("too_deep");
    this.#skipWhitespace();
    const value = this.#anyValue(depth);
    this.#skipWhitespace();
    return value;
  }

  #anyValue(depth: number): unknown {
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    this.#take("{");
    this.#skipWhitespace();
    if (this.#takeIf("}")) return object;
    do {
      this.#skipWhitespace();
      const key = this.#string();
      if (forbiddenKeys.has(key)) this.#fail("forbidden_key");
      if (Object.hasOwn(object, key)) this.#fail("duplicate_key");
      this.#skipWhitespace();
      this.#take(":");
      object[key] = this.#value(depth + 1);
    } while (this.#takeIf(","));
    this.#take("}");
    return object;
  }

  #array(depth: number): unknown[] {
    const array: unknown[] = [];
    this.#take("[");
    this.#skipWhitespace();
    if (this.#takeIf("]")) return array;
    do array.push(this.#value(depth + 1));
    while (this.#takeIf(","));
    this.#take("]");
    return array;
  }

  #string(): string {
    const start = this.#at;
    this.#take('"');
    for (let code = this.#text.charCodeAt(this.#at); code !== 0x22; code = this.#text.charCodeAt(this.#at)) {
      if (Number.isNaN(code)) this.#fail("malformed");
      this.#at += code === 0x5c ? 2 : 1;
    }
    this.#at += 1;
    const value = this.#decode(this.#text.slice(start, this.#at));
    if (value.includes("\0")) this.#fail("nul");
    if (!value.isWellFormed()) this.#fail("lone_surrogate");
    return value;
  }

  #decode(literal: string): string {
    try {
      return JSON.parse(literal) as string;
    } catch {
      // A bad escape or a bare control character; the parser's own words would repeat the input.
      return this.#fail("malformed");
    }
  }

  #number(): number {
    number.lastIndex = this.#at;
    const found = number.exec(this.#text)?.[0];
    if (found === undefined) return this.#fail("malformed");
    const value = Number(found);
    // Money and other large numbers travel as text; a larger number here would be silently rounded.
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) this.#fail("number_too_large");
    this.#at += found.length;
    return value;
  }

  #word<Value>(word: string, value: Value): Value {
    if (!this.#text.startsWith(word, this.#at)) this.#fail("malformed");
    this.#at += word.length;
    return value;
  }

  #skipWhitespace(): void {
    whitespace.lastIndex = this.#at;
    whitespace.exec(this.#text);
    this.#at = whitespace.lastIndex;
  }

  #take(character: string): void {
    if (!this.#takeIf(character)) this.#fail("malformed");
  }

  #takeIf(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }
}
