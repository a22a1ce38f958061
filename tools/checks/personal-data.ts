import { readFileSync } from "node:fs";
import { join } from "node:path";
import { personalData } from "../../server/main/personal-data.ts";
import { columnsOf, type DataMap } from "../../server/platform/data-map/index.ts";
import type { Step } from "./step.ts";

/** `schema.table.column` of every table in db/schema.sql; partitions and views have the columns of their tables. */
export function columnsOfSchema(schema: string): string[] {
  return [...schema.matchAll(/^create table (\w+\.\w+) \(\n([\s\S]*?)\n\)(?: partition by .*)?;$/gm)].flatMap(([, table, body]) =>
    [...(body ?? "").matchAll(/^ {2}(?!constraint )([a-z_]\w*) /gm)].map(([, column]) => `${table}.${column}`),
  );
}

/** Columns without a class, classes without a column, and columns with two. */
export function unclassified(schema: string, maps: readonly DataMap[]): string[] {
  const there = columnsOfSchema(schema);
  const named = columnsOf(maps).map(({ table, column }) => `${table}.${column}`);
  const [columns, classes] = [new Set(there), new Set(named)];
  const nameless = Map.groupBy(
    there.filter((one) => !classes.has(one)),
    (one) => one.slice(0, one.lastIndexOf(".")),
  );
  return [
    ...[...nameless].map(([table, found]) => {
      const names = found.map((one) => one.slice(table.length + 1)).join(", ");
      return `${table}: no class for ${names}: name them in personal-data.ts of the module that owns it, listed in server/main/personal-data.ts`;
    }),
    ...[...classes].filter((one) => !columns.has(one)).map((one) => `${one} has a class, and is no column`),
    ...named.filter((one, place) => named.indexOf(one) < place).map((one) => `${one} has two classes`),
  ];
}

export const everyColumnHasAClass: Step = {
  name: "every column has its class of personal data",
  run(root) {
    const schema = readFileSync(join(root, "db/schema.sql"), "utf8");
    if (columnsOfSchema(schema).length === 0) throw new Error("there are no tables in db/schema.sql");
    return unclassified(schema, personalData);
  },
};
