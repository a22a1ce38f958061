import { sql, type Tx } from "../db/index.ts";

export interface DataKeyRow {
  readonly keyNo: number;
  readonly column: string;
  /** 0: the key of the column's blind index. */
  readonly epoch: number;
  readonly wrapped: string;
  readonly masterKey: string;
  readonly createdAt: Date;
  /** At most so many values were sealed since the key was made. */
  readonly sealsMax: bigint;
}

const columns = sql`key_no as "keyNo", column_name as "column", epoch, wrapped, master_key as "masterKey", created_at as "createdAt",
  (select s.last_value from platform.seal_block s) - seals_before as "sealsMax"`;
const KEYS_MAX = 10_000;

/** The keys of a column, the newest first. */
export async function listKeysOf(tx: Tx, column: string): Promise<Pick<DataKeyRow, "keyNo" | "epoch" | "wrapped">[]> {
  const { rows } = await sql<Pick<DataKeyRow, "keyNo" | "epoch" | "wrapped">>`
    select key_no as "keyNo", epoch, wrapped from platform.data_key where column_name = ${column} order by epoch desc limit ${KEYS_MAX}`.execute(
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
    insert into platform.data_key (column_name, epoch, wrapped, master_key, seals_before)
    select ${key.column}, ${key.epoch}, ${key.wrapped}, ${key.masterKey}, last_value from platform.seal_block
    on conflict (column_name, epoch) do nothing returning key_no as "keyNo"`.execute(tx);
  return rows[0]?.keyNo ?? null;
}

/** On the worker. */
export async function saveWrapped(tx: Tx, keyNo: number, wrapped: string, masterKey: string): Promise<void> {
  await sql`update platform.data_key set wrapped = ${wrapped}, master_key = ${masterKey} where key_no = ${keyNo}`.execute(tx);
}
