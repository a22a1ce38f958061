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
  let at = 0;

  function fail(reason: string): never {
    throw new DomainError("invalid_input", `body is not strict JSON: ${reason} at ${at}`, { fields: [{ path: "", reason }] });
  }
  function skipWhitespace(): void {
    whitespace.lastIndex = at;
    whitespace.exec(text);
    at = whitespace.lastIndex;
  }
  function take(character: string): void {
    if (text[at] !== character) fail("malformed");
    at += 1;
  }
  function readString(): string {
    const start = at;
    take('"');
    for (let code = text.charCodeAt(at); code !== 0x22; code = text.charCodeAt(at)) {
      if (Number.isNaN(code)) fail("malformed");
      at += code === 0x5c ? 2 : 1;
    }
    at += 1;
    let value: string;
    try {
      value = JSON.parse(text.slice(start, at)) as string;
    } catch {
      return fail("malformed");
    }
    if (value.includes("\0")) fail("nul");
    if (!value.isWellFormed()) fail("lone_surrogate");
    return value;
  }
  function readNumber(): number {
    number.lastIndex = at;
    const found = number.exec(text)?.[0];
    if (found === undefined) return fail("malformed");
    const value = Number(found);
    // Money and other large numbers travel as text; a larger number here would be silently rounded.
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) fail("number_too_large");
    at += found.length;
    return value;
  }
  function readWord<Value>(word: string, value: Value): Value {
    if (!text.startsWith(word, at)) fail("malformed");
    at += word.length;
    return value;
  }
  function readObject(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    take("{");
    skipWhitespace();
    if (text[at] === "}") {
      at += 1;
      return object;
    }
    for (;;) {
      skipWhitespace();
      const key = readString();
      if (forbiddenKeys.has(key)) fail("forbidden_key");
      if (Object.hasOwn(object, key)) fail("duplicate_key");
      skipWhitespace();
      take(":");
      object[key] = readValue(depth + 1);
      if (text[at] !== ",") break;
      at += 1;
    }
    take("}");
    return object;
  }
  function readArray(depth: number): unknown[] {
    const array: unknown[] = [];
    take("[");
    skipWhitespace();
    if (text[at] === "]") {
      at += 1;
      return array;
    }
    for (;;) {
      array.push(readValue(depth + 1));
      if (text[at] !== ",") break;
      at += 1;
    }
    take("]");
    return array;
  }
  function readValue(depth: number): unknown {
    if (depth > DEPTH_MAX) fail("too_deep");
    skipWhitespace();
    const value = readAny(depth);
    skipWhitespace();
    return value;
  }
  function readAny(depth: number): unknown {
    switch (text[at]) {
      case "{":
        return readObject(depth);
      case "[":
        return readArray(depth);
      case '"':
        return readString();
      case "t":
        return readWord("true", true);
      case "f":
        return readWord("false", false);
      case "n":
        return readWord("null", null);
      default:
        return readNumber();
    }
  }

  const value = readValue(0);
  if (at !== text.length) fail("malformed");
  return value;
}
