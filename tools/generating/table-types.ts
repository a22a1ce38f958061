import type { Catalogue, ColumnRow, RelationRow } from "./catalogue.ts";

// As server/platform/db/values.ts lets values arrive: bigint exact, dates and numerics as their text, timestamps as Date.
const scalarTypes: Record<string, string> = {
  smallint: "number",
  integer: "number",
  bigint: "bigint",
  real: "number",
  "double precision": "number",
  oid: "number",
  numeric: "string",
  boolean: "boolean",
  text: "string",
  "character varying": "string",
  character: "string",
  name: "string",
  uuid: "string",
  date: "string",
  "time without time zone": "string",
  "timestamp with time zone": "Date",
  "timestamp without time zone": "Date",
  bytea: "Buffer",
  inet: "string",
  cidr: "string",
  tsvector: "string",
  xid8: "string",
  xml: "string",
  json: "unknown",
  jsonb: "unknown",
  interval: "unknown",
  daterange: "string",
  tstzrange: "string",
  int4range: "string",
};

/** What may be written where something else is read: JSON and bigint take what pg turns into their text. */
const writtenTypes: Record<string, string> = { Date: "Date | string", bigint: "bigint | number" };

function typeName(relation: RelationRow): string {
  return `${relation.schema}_${relation.name}`.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function columnType(column: ColumnRow, enums: ReadonlyMap<string, readonly string[]>): string {
  const labels = enums.get(column.base);
  const scalar = labels === undefined ? scalarTypes[column.base] : labels.map((label) => JSON.stringify(label)).join(" | ");
  if (scalar === undefined)
    throw new Error(
      `column ${column.name} has the type ${column.type}, for which tools/generating/table-types.ts knows no TypeScript type`,
    );
  return column.is_array ? `${scalar.includes("|") ? `(${scalar})` : scalar}[]` : scalar;
}

function columnLine(column: ColumnRow, ofView: boolean, enums: ReadonlyMap<string, readonly string[]>): string {
  const scalar = columnType(column, enums);
  const empty = column.not_null || scalar === "unknown" ? "" : " | null";
  const read = `${scalar}${empty}`;
  if (ofView) return `  ${column.name}: ${scalar}${scalar === "unknown" ? "" : " | null"};`;
  const written = `${writtenTypes[scalar] ?? scalar}${empty}`;
  if (column.generated || column.identity === "a") return `  ${column.name}: GeneratedAlways<${read}>;`;
  const mayBeLeftOut = column.fallback !== null || column.identity !== "" || (!column.not_null && scalar === "unknown");
  if (written === read && !mayBeLeftOut) return `  ${column.name}: ${read};`;
  return `  ${column.name}: ColumnType<${read}, ${written}${mayBeLeftOut ? " | undefined" : ""}, ${written}>;`;
}

/** The text of server/platform/db/tables.ts: one interface per table and view, and the `Database` that Kysely is typed with. Partitions are reached through their table. */
export function tableTypes(catalogue: Catalogue): string {
  const enums = new Map(catalogue.enums.map(({ schema, name, labels }) => [`${schema}.${name}`, labels]));
  const relations = catalogue.relations.filter(({ kind, partition_of }) => kind !== "sequence" && partition_of === null);
  const interfaces = relations.map((relation) => {
    const ofView = relation.kind === "view" || relation.kind === "materialised";
    const columns = catalogue.columns.filter((column) => column.relation === relation.oid);
    return `interface ${typeName(relation)} {\n${columns.map((column) => columnLine(column, ofView, enums)).join("\n")}\n}`;
  });
  const text = interfaces.join("\n\n");
  const imported = ["ColumnType", "GeneratedAlways"].filter((name) => text.includes(`${name}<`));
  return `${[
    "// Made by npm run generate from the migrated database; do not edit.",
    `import type { ${imported.join(", ")} } from "kysely";`,
    "",
    text,
    "",
    "/** Every table and view by its full name, as Kysely sees it. */",
    "export interface Database {",
    ...relations.map((relation) => `  "${relation.schema}.${relation.name}": ${typeName(relation)};`),
    "}",
  ].join("\n")}\n`;
}
