import type { Tx } from "../../platform/db/index.ts";
import { canReadBlocks, type FactRows, factsByBlock, factsByRow } from "./block-store.ts";

/**
 * What a question to everybody's facts reads as `f`: blocks for who reaches the whole bank, where there are any, else the rows. Either way it is the
 * customers the caller sees, each once, as they are at that moment; `columns` are all that may be read of `f`.
 */
export async function factRows(tx: Tx, wholeBank: boolean, columns: readonly string[]): Promise<FactRows> {
  return wholeBank && (await canReadBlocks(tx)) ? factsByBlock(columns) : factsByRow;
}
