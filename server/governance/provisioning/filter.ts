import { scimError } from "./dialect.ts";

export interface Condition {
  readonly attribute: string;
  readonly operator: "eq" | "sw";
  readonly value: string | boolean;
}

const CONDITIONS_MAX = 5;
const VALUE_CHARACTERS_MAX = 255;
const condition = /^\s*([A-Za-z][A-Za-z0-9.:$_-]*(?:\[[^\]]{1,80}\](?:\.[A-Za-z]+)?)?)\s+(eq|sw)\s+("(?:[^"\\]|\\.)*"|true|false)\s*/i;

/** The name an attribute has here: lower case, without the schema before it, `emails[type eq "work"].value` as `emails.value`. */
export function attributeOf(path: string): string {
  return path
    .replace(/^urn:ietf:params:scim:schemas:(?:core:2\.0:(?:User|Group)|extension:enterprise:2\.0:User):/i, "")
    .replace(/\[[^\]]*\]/, "")
    .toLowerCase();
}

/** `attribute eq "value"` and `attribute sw "value"`, joined by `and`; at most five. Fails with invalid_input (invalidFilter) for whatever else. */
export function parseFilter(text: string | undefined, known: readonly string[]): Condition[] {
  if (text === undefined || text.trim() === "") return [];
  const conditions: Condition[] = [];
  let rest = text;
  for (;;) {
    const found = condition.exec(rest);
    if (found === null || conditions.length === CONDITIONS_MAX) throw refused();
    const attribute = attributeOf(found[1] ?? "");
    if (!known.includes(attribute)) throw refused();
    conditions.push({ attribute, operator: (found[2] ?? "").toLowerCase() as "eq" | "sw", value: literalOf(found[3] ?? "") });
    rest = rest.slice(found[0].length);
    if (rest === "") return conditions;
    const joined = /^and\s+/i.exec(rest);
    if (joined === null) throw refused();
    rest = rest.slice(joined[0].length);
  }
}

function literalOf(text: string): string | boolean {
  try {
    const value: unknown = JSON.parse(text.toLowerCase() === "true" || text.toLowerCase() === "false" ? text.toLowerCase() : text);
    if (
      typeof value === "boolean" ||
      (typeof value === "string" && value.length <= VALUE_CHARACTERS_MAX && !value.includes("\0") && value.isWellFormed())
    )
      return value;
  } catch {
    // Not JSON: refused below like everything that is not a value.
  }
  throw refused();
}

const refused = () => scimError("invalid_input", "invalidFilter", "Filters are: attribute eq or sw value, joined by and, five at most.");
