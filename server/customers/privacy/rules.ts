import { type ClassifiedColumn, toldClasses } from "../../platform/data-map/index.ts";

export interface ReportTable {
  readonly table: string;
  readonly subject: "party_id" | "customer_id";
  readonly purpose: ClassifiedColumn["purpose"];
  readonly retention: ClassifiedColumn["retention"];
  readonly columns: readonly { readonly name: string; readonly class: ClassifiedColumn["class"]; readonly masked: boolean }[];
}

/**
 * The tables and columns a customer is told of: all of the told classes, and that there is something of a third party. Keys, the work of staff and secrets
 * are left out; so is a table that has nothing else.
 */
export function reportTables(columns: readonly ClassifiedColumn[]): ReportTable[] {
  const tables = new Map<string, ReportTable>();
  for (const { table, column, subject, purpose, retention, class: name } of columns) {
    const masked = name === "third_party";
    if (subject === null || !(masked || toldClasses.includes(name))) continue;
    const before = tables.get(table)?.columns ?? [];
    tables.set(table, { table, subject, purpose, retention, columns: [...before, { name: column, class: name, masked }] });
  }
  return [...tables.values()].filter(({ columns: found }) => found.some(({ masked }) => !masked)).sort((a, b) => placeOf(a) - placeOf(b));
}

/** Who the customer is comes first, records as they were delivered last. */
function placeOf({ columns }: ReportTable): number {
  return Math.min(...columns.filter(({ masked }) => !masked).map(({ class: name }) => toldClasses.indexOf(name)));
}
