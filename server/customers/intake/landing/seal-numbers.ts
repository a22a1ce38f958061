import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../../platform/db/index.ts";
import { type IdentifierSealer, sealIdentifiers } from "../../identifiers/index.ts";
import type { SealNumber } from "../reading/index.ts";

/** As it stands in staging: id of the row, blind index, sealed value, one behind the other. */
export const sealWith =
  (sealer: IdentifierSealer): SealNumber =>
  (text) => {
    const made = sealer.seal(text);
    return made === null ? "" : `${made.identifierId}${made.blind.toString("hex")}${made.sealed.toString("hex")}`;
  };

/**
 * For reading a delivery, which goes on beside many transactions: what is sealed with a key that has been followed by another meanwhile is put right when it
 * lands (settleSeals). Fails like sealIdentifiers.
 */
export function readerSeal(db: Db, caller: Caller): Promise<SealNumber> {
  return inTransaction(db, caller, async (tx) => sealWith(await sealIdentifiers(tx)), { role: "worker" });
}

/**
 * Makes the seals of landing_identifier those of the rows they go into: a changed record keeps its row, whose id is another than the one its number was
 * sealed under, and a newer key may have come since the file was read. From here to its end the transaction holds the key.
 */
export async function settleSeals(tx: Tx): Promise<void> {
  const sealer = await sealIdentifiers(tx);
  const { rows } = await sql<{ rowId: string; sealedId: string; sealed: Buffer }>`
    select row_id as "rowId", sealed_id as "sealedId", sealed_value as sealed from landing_identifier
    where outcome in ('created', 'updated') and (row_id <> sealed_id or platform.key_of(sealed_value) <> ${sealer.keyNo})`.execute(tx);
  if (rows.length === 0) return;
  const anew = rows.map(({ rowId, sealedId, sealed }) => sealer.sealAs(rowId, sealer.open(sealedId, sealed)));
  await sql`
    update landing_identifier l set sealed_value = n.sealed, sealed_id = l.row_id
    from unnest(${rows.map(({ rowId }) => rowId)}::uuid[], ${anew}::bytea[]) as n (row_id, sealed)
    where l.row_id = n.row_id and l.outcome in ('created', 'updated')`.execute(tx);
}
