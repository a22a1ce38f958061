/** A text as an SQL literal; the only way by which words of a mapping reach SQL. NUL, which PostgreSQL text cannot hold, is left out. */
export function literal(text: string): string {
  const quoted = text.toWellFormed().replaceAll("\0", "").replaceAll("'", "''").replaceAll("\\", "\\\\");
  return quoted.includes("\\") ? ` E'${quoted}'` : `'${quoted}'`;
}

/** A list of literals for `in (…)` and `array[…]`. */
export function literals(texts: readonly string[]): string {
  return texts.map(literal).join(", ");
}

/** Names of tables given by the engine: schema and name of lower-case letters, digits and _, nothing else. */
export function tableName(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}(\.[a-z_][a-z0-9_]{0,62})?$/.test(name)) {
    throw new Error(`no plain table name: ${name}`);
  }
  return name;
}
