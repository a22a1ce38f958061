import { sql, type Tx } from "../../../platform/db/index.ts";
import { type BlindPlace, goOnBehind } from "../../../platform/encryption/index.ts";
import { type IdentifierIndex, indexIdentifiers, plainIdentifier } from "../../identifiers/index.ts";

const LENGTH = { min: 5, max: 40 } as const;
const NUMBERS_MAX = 200;
const BATCH_ROWS = 2_000;

/**
 * Says of rows in quarantine by blind indexes which numbers of documents they may hold: every cell, and every word of a line that could not be cut. By these
 * a row is hidden with a hidden customer and deleted with an erased one.
 */
export async function noteNumbers(tx: Tx, loadNo: number): Promise<void> {
  for (let index: IdentifierIndex | null = null; ; ) {
    const { rows } = await sql<Kept>`
      select quarantine_id as id, raw from customers.quarantine where load_no = ${loadNo} and numbers is null order by quarantine_id limit ${BATCH_ROWS}`.execute(
      tx,
    );
    if (rows.length === 0) return;
    index ??= await indexIdentifiers(tx);
    await note(tx, index, rows);
  }
}

/** Each number stands there in all forms it may have: first in both, when the old key is gone in the new one alone. What was not looked at yet will be by the index of then. */
export const quarantineBlinds: BlindPlace = { add: noteAgain, clear: noteAgain };

async function noteAgain(tx: Tx, after: string | null, limit: number) {
  const index = await indexIdentifiers(tx);
  const listed = await sql<{ id: string }>`
    select quarantine_id as id from customers.quarantine where ${after === null ? sql`true` : sql`quarantine_id > ${after}::uuid`} and numbers is not null
    order by quarantine_id limit ${limit}`.execute(tx);
  if (listed.rows.length === 0) return null;
  const ids = listed.rows.map(({ id }) => id);
  const { rows } = await sql<Kept>`
    select quarantine_id as id, raw from customers.quarantine where quarantine_id = any (${ids}::uuid[]) and numbers is not null for update skip locked`.execute(
    tx,
  );
  await note(tx, index, rows);
  return { after: goOnBehind(ids, new Set(rows.map(({ id }) => id)), after), rows: rows.length, broken: 0 };
}

interface Kept {
  readonly id: string;
  readonly raw: Readonly<Record<string, string | null>>;
}

async function note(tx: Tx, { forms }: IdentifierIndex, rows: readonly Kept[]): Promise<void> {
  const noted = rows.map(({ id, raw }) => ({
    id,
    numbers: numbersIn(raw).flatMap((number) => forms(number).map((form) => form.toString("hex"))),
  }));
  await sql`
    update customers.quarantine q set numbers = array(select decode(h, 'hex') from jsonb_array_elements_text(n.numbers) h)
    from jsonb_to_recordset(${JSON.stringify(noted)}::jsonb) as n (id uuid, numbers jsonb) where q.quarantine_id = n.id`.execute(tx);
}

function numbersIn(raw: Readonly<Record<string, string | null>>): string[] {
  const texts = Object.entries(raw).flatMap(([name, value]) => {
    if (value === null) return [];
    return name === "line" ? [value, ...value.split(/[^\p{L}\p{N}-]+/u)] : [value];
  });
  const plain = texts.map(plainIdentifier).filter((text) => text.length >= LENGTH.min && text.length <= LENGTH.max && /\d/.test(text));
  return [...new Set(plain)].slice(0, NUMBERS_MAX);
}
