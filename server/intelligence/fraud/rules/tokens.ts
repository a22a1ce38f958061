import { RuleFault } from "./rule-fault.ts";

export type Token =
  | { readonly kind: "number"; readonly value: number; readonly text: string; readonly column: number }
  | { readonly kind: "text"; readonly value: string; readonly text: string; readonly column: number }
  | { readonly kind: "name" | "sign"; readonly text: string; readonly column: number }
  | { readonly kind: "end"; readonly text: ""; readonly column: number };

const pattern = /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)|"([^"]*)"|(<=|>=|!=|[-+*/<>=()[\],]))/y;

/** Cuts the text of a rule. Throws RuleFault at the first character that belongs to nothing. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  for (;;) {
    const before = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const rest = text.slice(before);
      const column = before + rest.length - rest.trimStart().length + 1;
      const found = rest.trimStart()[0];
      if (found === undefined) return [...tokens, { kind: "end", text: "", column }];
      throw new RuleFault(column, found === '"' ? "this quote is never closed" : `${JSON.stringify(found)} means nothing here`);
    }
    const [whole, number, name, quoted, sign] = match;
    const column = match.index + whole.length - whole.trimStart().length + 1;
    if (number !== undefined) tokens.push({ kind: "number", value: Number(number), text: number, column });
    else if (name !== undefined) tokens.push({ kind: "name", text: name, column });
    else if (quoted !== undefined) tokens.push({ kind: "text", value: quoted, text: `"${quoted}"`, column });
    else tokens.push({ kind: "sign", text: sign ?? "", column });
  }
}
