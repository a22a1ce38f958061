import { sql, type Tx } from "../db/index.ts";

/** What an operator sets for the whole installation; null when it was never set. The caller knows the shape it saved. */
export async function readSetting<Value>(tx: Tx, name: string): Promise<Value | null> {
  const { rows } = await sql<{ value: Value }>`select value from platform.setting where name = ${name}`.execute(tx);
  return rows[0]?.value ?? null;
}

export async function saveSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  await sql`insert into platform.setting (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value, changed_at = now()`.execute(tx);
}
