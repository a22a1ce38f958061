import type { Caller } from "../../../platform/caller/index.ts";
import { type Db, inTransaction, sql, type Tx } from "../../../platform/db/index.ts";
import { type IdentifierSealer, indexIdentifiers, openIdentifiers, sealIdentifiers } from "../../identifiers/index.ts";
import type { SealNumber } from "../reading/index.ts";

const KEY_DIGITS = 10;

/** As it stands in staging: id of the row, number of the index key, blind index, sealed value, one behind the other. */
export function sealWith(sealer: IdentifierSealer): SealNumber {
  const keyNo = String(sealer.index.keyNo).padStart(KEY_DIGITS, "0");
  return (text) => {
    const made = sealer.seal(text);
    return made === null ? "" : `${made.identifierId}${keyNo}${made.blind.toString("hex")}${made.sealed.toString("hex")}`;
  };
}

/**
 * For reading a delivery, which goes on beside many transactions: what is sealed with a key that has been followed by another meanwhile is put right when it
 * lands (settleSeals), and so is a blind index (settleBlinds). Fails like sealIdentifiers.
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

/**
 * Makes the blind indexes of cast_identifier those of now, which the transaction holds to its end: the index key may have been followed by another since the
 * file was read, and while one is coming or going each number has two forms.
 */
export async function settleBlinds(tx: Tx): Promise<void> {
  const index = await indexIdentifiers(tx);
  const { rows } = await sql<{ id: string; sealed: Buffer }>`
    select sealed_id as id, sealed_value as sealed from cast_identifier
    where sealed_id is not null and (${index.isChanging} or index_key <> ${index.keyNo})`.execute(tx);
  if (rows.length === 0) return;
  const { open } = await openIdentifiers(tx);
  const numbers = rows.map(({ id, sealed }) => open(id, sealed));
  await sql`
    update cast_identifier c set blind = n.blind, blind_next = n.next, blind_was = n.was
    from unnest(${rows.map(({ id }) => id)}::uuid[], ${numbers.map(index.blind)}::bytea[], ${numbers.map(index.next)}::bytea[],
      ${numbers.map(index.was)}::bytea[]) as n (id, blind, next, was) where c.sealed_id = n.id`.execute(tx);
}
