import { randomBytes } from "node:crypto";
import { sql, type Tx } from "../../platform/db/index.ts";
import { SealedValueBroken } from "../../platform/encryption/index.ts";
import { indexIdentifiers, openIdentifiers } from "../identifiers/index.ts";

const BATCH_ROWS = 2_000;
const BLIND_BYTES = 16;

/** Before the numbers that a load replaced are put back: gives their images the blind indexes of now, which the transaction holds to its end. Fails like openIdentifiers. */
export async function indexImages(tx: Tx, loadNo: number): Promise<void> {
  const { open } = await openIdentifiers(tx);
  const index = await indexIdentifiers(tx);
  for (;;) {
    const { rows } = await sql<{ id: string; sealed: string }>`
      select row_id as id, before -> 'row' ->> 'sealed_value' as sealed from customers.load_change
      where load_no = ${loadNo} and kind = 'identifier' and before -> 'row' -> 'blind' is null limit ${BATCH_ROWS}`.execute(tx);
    if (rows.length === 0) return;
    const images = rows.map(({ id, sealed }) => ({ id, ...formsOf(id, Buffer.from(sealed.slice(2), "hex")) }));
    await sql`
      update customers.load_change c set before = jsonb_set(c.before, '{row}', (c.before -> 'row') || jsonb_build_object('blind', n.blind, 'blind_next', n.next))
      from unnest(${images.map(({ id }) => id)}::uuid[], ${images.map(({ blind }) => blind)}::bytea[], ${images.map(({ next }) => next)}::bytea[])
        as n (id, blind, next)
      where c.load_no = ${loadNo} and c.kind = 'identifier' and c.row_id = n.id`.execute(tx);
  }

  /** A value that does not open comes back as it was, with forms that no number has: nothing finds it, and it is like no other. */
  function formsOf(id: string, sealed: Buffer): { blind: Buffer; next: Buffer | null } {
    try {
      const number = open(id, sealed);
      return { blind: index.blind(number), next: index.next(number) };
    } catch (error) {
      if (!(error instanceof SealedValueBroken)) throw error;
      return { blind: randomBytes(BLIND_BYTES), next: index.next("") === null ? null : randomBytes(BLIND_BYTES) };
    }
  }
}
