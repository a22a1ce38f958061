import type { Tx } from "../../platform/db/index.ts";
import { identifierValues, openIdentifiers } from "../identifiers/index.ts";

const SEALED = identifierValues.column.split(".")[2] ?? "";

interface Section {
  readonly table: string;
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** The sections of a kept report, the numbers of documents opened: they are kept sealed there, too. Fails like openIdentifiers. */
export async function openNumbers(tx: Tx, sections: string): Promise<string> {
  const parsed = JSON.parse(sections) as Section[];
  if (!parsed.some(({ table }) => table === "customers.identifier")) return sections;
  const { open } = await openIdentifiers(tx);
  const opened = (row: Readonly<Record<string, unknown>>) => {
    const { [SEALED]: kept, ...rest } = row;
    const [id = "", hex = ""] = String(kept).split(" ");
    return { value: open(id, Buffer.from(hex, "hex")), ...rest };
  };
  return JSON.stringify(
    parsed.map((section) =>
      section.table === "customers.identifier"
        ? {
            ...section,
            columns: section.columns.map((column) => (column.name === SEALED ? { ...column, name: "value" } : column)),
            rows: section.rows.map(opened),
          }
        : section,
    ),
  );
}
