import { createHash } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";

const MARK = "/* prepared */ ";

/**
 * Begins a statement whose plan is to be kept on the connection: planning under row-level security costs more than running it. Only for
 * statements of fixed text that reach their rows by key, so that one plan fits all values; and there are few of them.
 */
export const prepared = sql.raw(MARK);

const names = new Map<string, string>();

/** How the driver is to send a statement: as one kept under a name, when it is marked so. */
export function sendPrepared(client: pg.PoolClient, args: readonly unknown[]): unknown {
  const [text, values] = args;
  if (typeof text !== "string" || !text.startsWith(MARK)) return Reflect.apply(client.query, client, args);
  return client.query({ name: nameFor(text), text, values: values as unknown[] });
}

function nameFor(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash("sha256").update(text).digest("base64url");
  names.set(text, name);
  return name;
}
