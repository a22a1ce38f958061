import { sql, type Tx } from "../db/index.ts";

export type IndexUse = "current" | "coming" | "going";

export interface DataKeyRow {
  readonly keyNo: number;
  readonly column: string;
  /** From 1 upwards: seals. From 0 downwards: a key of the column's blind index. */
  readonly epoch: number;
  /** Of a key of the blind index: its form is kept, comes beside that, or goes. */
  readonly indexUse: IndexUse | null;
  readonly wrapped: string;
  readonly masterKey: string;
  readonly createdAt: Date;
  /** At most so many values were sealed since the key was made. */
  readonly sealsMax: bigint;
}

const columns = sql`key_no as "keyNo", column_name as "column", epoch, index_use as "indexUse", wrapped, master_key as "masterKey", created_at as "createdAt",
  (select s.last_value from platform.seal_block s) - seals_before as "sealsMax"`;
const KEYS_MAX = 10_000;

export type ColumnKey = Pick<DataKeyRow, "keyNo" | "epoch" | "indexUse" | "wrapped">;

/** The keys of a column, the newest first. */
export async function listKeysOf(tx: Tx, column: string): Promise<ColumnKey[]> {
  const { rows } = await sql<ColumnKey>`
    select key_no as "keyNo", epoch, index_use as "indexUse", wrapped from platform.data_key where column_name = ${column} order by epoch desc limit ${KEYS_MAX}`.execute(
    tx,
  );
  return rows;
}

export async function listKeys(tx: Tx): Promise<DataKeyRow[]> {
  const { rows } =
    await sql<DataKeyRow>`select ${columns} from platform.data_key order by column_name, epoch desc limit ${KEYS_MAX}`.execute(tx);
  return rows;
}

/** The number of the key to seal with, held until the transaction ends; null when the column has none. */
export async function holdSealingKey(tx: Tx, column: string): Promise<number | null> {
  const { rows } = await sql<{ keyNo: number | null }>`select platform.sealing_key(${column}) as "keyNo"`.execute(tx);
  return rows[0]?.keyNo ?? null;
}

/** On the worker. Waits until every transaction that seals with this key has ended; new ones take a newer key and do not wait. */
export async function waitForWriters(tx: Tx, keyNo: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(740074, ${keyNo}::int)`.execute(tx);
}

/** Takes the next 65,536 seals; stands whatever becomes of the transaction. */
export async function takeSeals(tx: Tx): Promise<bigint> {
  const { rows } = await sql<{ last: bigint }>`select nextval('platform.seal_block') as last`.execute(tx);
  return BigInt(rows[0]?.last ?? 0);
}

export async function sealsBefore(tx: Tx, keyNo: number): Promise<bigint> {
  const { rows } = await sql<{ before: bigint }>`select seals_before as before from platform.data_key where key_no = ${keyNo}`.execute(tx);
  return BigInt(rows[0]?.before ?? 0);
}

/** On the worker. null when the column has a key of this epoch already. */
export async function insertKey(
  tx: Tx,
  key: { readonly column: string; readonly epoch: number; readonly wrapped: string; readonly masterKey: string },
): Promise<number | null> {
  const { rows } = await sql<{ keyNo: number }>`
    insert into platform.data_key (column_name, epoch, index_use, wrapped, master_key, seals_before)
    select ${key.column}, ${key.epoch}, ${key.epoch > 0 ? null : key.epoch === 0 ? "current" : "coming"}, ${key.wrapped}, ${key.masterKey}, last_value from platform.seal_block
    on conflict (column_name, epoch) do nothing returning key_no as "keyNo"`.execute(tx);
  return rows[0]?.keyNo ?? null;
}

/** On the worker. */
export async function saveWrapped(tx: Tx, keyNo: number, wrapped: string, masterKey: string): Promise<void> {
  await sql`update platform.data_key set wrapped = ${wrapped}, master_key = ${masterKey} where key_no = ${keyNo}`.execute(tx);
}

/** Which index keys the column has and how they are used stays so for this transaction, as far as others wait for it (waitForIndex). */
export async function holdIndex(tx: Tx, column: string): Promise<void> {
  await sql`select platform.hold_index(${column})`.execute(tx);
}

/** On the worker. Waits until every transaction has ended that holds the index as it was before; new ones hold it as it is and do not wait. */
export async function waitForIndex(tx: Tx, column: string): Promise<void> {
  await sql`select platform.hold_index(${column})`.execute(tx);
  await sql`
    with state as materialized (
      select max(key_no) * 4 + case when bool_or(index_use = 'coming') then 2 when bool_or(index_use = 'going') then 3 else 1 end as now
      from platform.data_key where column_name = ${column} and epoch <= 0
    )
    select pg_advisory_xact_lock(740110, k.key_no * 4 + step)
    from platform.data_key k cross join generate_series(1, 3) step cross join state
    where k.column_name = ${column} and k.epoch <= 0 and k.key_no * 4 + step <> state.now`.execute(tx);
}

/** On the worker. The key that was coming is used from now on, the one in use goes. */
export async function exchangeIndexKeys(tx: Tx, column: string): Promise<void> {
  await sql`
    update platform.data_key set index_use = case index_use when 'coming' then 'current' else 'going' end
    where column_name = ${column} and epoch <= 0 and exists (
      select from platform.data_key k where k.column_name = ${column} and k.index_use = 'coming')`.execute(tx);
}

/** On the worker. The key that goes is gone: nobody asks with it any more. */
export async function dropIndexKey(tx: Tx, column: string): Promise<void> {
  await sql`delete from platform.data_key where column_name = ${column} and index_use = 'going'`.execute(tx);
}
