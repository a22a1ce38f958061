import type { sql, Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Fact } from "./fact.ts";
import { suppliedRows, writeSupplied } from "./fact-store.ts";
import { factOf } from "./fact-table.ts";

const SLICE_ROWS = 20_000;

export interface SuppliedRow {
  readonly customerId: string;
  /** In the order of the keys; null: unknown. Money as bigint, dates as yyyy-mm-dd. */
  readonly values: readonly (bigint | number | string | boolean | null)[];
}

/**
 * Writes what a module found out about customers into their facts, where it differs. Only facts of the catalogue that are `supplied`; a customer without
 * facts yet is passed over. Worker role. Answers with how many rows changed. Fails with not_found, invalid_input.
 */
export async function supplyFacts(tx: Tx, keys: readonly string[], rows: readonly SuppliedRow[]): Promise<number> {
  const facts = suppliedFacts(keys);
  let written = 0;
  for (let at = 0; at < rows.length; at += SLICE_ROWS) {
    const slice = rows.slice(at, at + SLICE_ROWS);
    written += await writeSupplied(
      tx,
      facts,
      suppliedRows(
        facts,
        slice.map(({ customerId }) => customerId),
        slice.map(({ values }) => values),
      ),
    );
  }
  return written;
}

/** The same from a query that gives customer_id and one column for each key, named by it: set against set. */
export async function supplyFactsFrom(tx: Tx, keys: readonly string[], query: ReturnType<typeof sql>): Promise<number> {
  return writeSupplied(tx, suppliedFacts(keys), query);
}

function suppliedFacts(keys: readonly string[]): Fact[] {
  const facts = keys.map(factOf);
  const computed = facts.find(({ origin }) => origin !== "supplied");
  if (computed !== undefined || facts.length === 0)
    throw new DomainError("invalid_input", `${computed?.key ?? "nothing"} is not supplied by anybody`);
  return facts;
}
