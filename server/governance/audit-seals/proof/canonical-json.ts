/**
 * JSON in the one form of RFC 8785: members in the order of their names (UTF-16 code units), no blanks, numbers and texts as ECMAScript writes them.
 * Takes what JSON.parse gives. Fails on what JSON has not (undefined, NaN, bigint).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === "string" || typeof value === "boolean") return JSON.stringify(value);
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object") {
    const members = value as Record<string, unknown>;
    let text = "";
    for (const name of Object.keys(members).sort())
      text += `${text === "" ? "" : ","}${JSON.stringify(name)}:${canonicalJson(members[name])}`;
    return `{${text}}`;
  }
  throw new TypeError(`${typeof value} is not JSON`);
}
