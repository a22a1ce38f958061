import { sql, type Tx } from "../../../platform/db/index.ts";
import { type IdentifierOpener, openIdentifiers, plainIdentifier } from "../../identifiers/index.ts";

const LENGTH = { min: 5, max: 40 } as const;
const NUMBERS_MAX = 200;
const BATCH_ROWS = 2_000;

/**
 * Says of rows in quarantine by blind indexes which numbers of documents they may hold: every cell, and every word of a line that could not be cut. By these
 * a row is hidden with a hidden customer and deleted with an erased one.
 */
export async function noteNumbers(tx: Tx, loadNo: number): Promise<void> {
  for (let opener: IdentifierOpener | null = null; ; ) {
    const { rows } = await sql<{ id: string; raw: Record<string, string | null> }>`
      select quarantine_id as id, raw from customers.quarantine where load_no = ${loadNo} and numbers is null order by quarantine_id limit ${BATCH_ROWS}`.execute(
      tx,
    );
    if (rows.length === 0) return;
    opener ??= await openIdentifiers(tx);
    const { blind } = opener;
    const noted = rows.map(({ id, raw }) => ({ id, numbers: numbersIn(raw).map((number) => blind(number).toString("hex")) }));
    await sql`
      update customers.quarantine q set numbers = array(select decode(h, 'hex') from jsonb_array_elements_text(n.numbers) h)
      from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as n (id uuid, numbers jsonb) where q.quarantine_id = n.id`.execute(tx);
  }
}

function numbersIn(raw: Readonly<Record<string, string | null>>): string[] {
  const texts = Object.entries(raw).flatMap(([name, value]) => {
    if (value === null) return [];
    return name === "line" ? [value, ...value.split(/[^\p{L}\p{N}-]+/u)] : [value];
  });
  const plain = texts.map(plainIdentifier).filter((text) => text.length >= LENGTH.min && text.length <= LENGTH.max && /\d/.test(text));
  return [...new Set(plain)].slice(0, NUMBERS_MAX);
}
