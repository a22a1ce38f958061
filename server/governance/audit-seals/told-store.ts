import type { ToldSeal } from "./anchors/told-seal.ts";
import type { SealerConnection } from "./store.ts";

export interface Anchor {
  readonly sealNo: string;
  readonly doneAt: Date | null;
  readonly problem: string | null;
  readonly triedAt: Date;
}

export async function readAnchor(connection: SealerConnection, destination: string): Promise<Anchor | null> {
  const text = `select seal_no::text as "sealNo", done_at as "doneAt", problem, tried_at as "triedAt" from governance.audit_anchor where destination = $1`;
  return (await connection.query<Anchor>(text, [destination])).rows[0] ?? null;
}

/** A success says which seal arrived; a failure (`sealNo` null) leaves that as it was. */
export async function keepAnchor(
  connection: SealerConnection,
  destination: { name: string; kind: "sealer" | "file" | "syslog" | "timestamp" },
  sealNo: string | null,
  problem: string | null,
): Promise<void> {
  await connection.query({
    name: "anchor",
    text: `
      insert into governance.audit_anchor as a (destination, kind, seal_no, done_at, problem, tried_at)
      values ($1, $2, coalesce($3::bigint, 0), case when $4::text is null then clock_timestamp() end, $4, clock_timestamp())
      on conflict (destination) do update set seal_no = coalesce($3::bigint, a.seal_no), kind = excluded.kind, done_at = coalesce(excluded.done_at, a.done_at),
        problem = excluded.problem, tried_at = excluded.tried_at`,
    values: [destination.name.slice(0, 300), destination.kind, sealNo, problem],
  });
}

/** Seals behind one, in order, as they are told. */
export async function readTold(connection: SealerConnection, after: string, rowsMax: number): Promise<ToldSeal[]> {
  const text =
    "select seal_no::text as no, statement, seal_hash as hash, signature from governance.audit_seal where seal_no > $1::bigint order by seal_no limit $2";
  return (await connection.query<ToldSeal>(text, [after, rowsMax])).rows;
}

export async function numberBeforeLast(connection: SealerConnection): Promise<string> {
  const { rows } = await connection.query<{ no: string }>(
    "select greatest(coalesce(max(seal_no), 0) - 1, 0)::text as no from governance.audit_seal",
  );
  return rows[0]?.no ?? "0";
}

export async function keepTimestamp(
  connection: SealerConnection,
  stamp: { no: string; authority: string; token: Buffer; stampedAt: Date; verified: boolean },
): Promise<void> {
  await connection.query(
    "insert into governance.audit_timestamp (seal_no, authority, token, stamped_at, verified) values ($1, $2, $3, $4, $5) on conflict do nothing",
    [stamp.no, stamp.authority.slice(0, 300), stamp.token, stamp.stampedAt, stamp.verified],
  );
}

export interface ListedAnchor extends Anchor {
  readonly destination: string;
  readonly kind: "sealer" | "file" | "syslog" | "timestamp";
  readonly everyMinutes: number | null;
}

export async function listAnchors(connection: SealerConnection): Promise<ListedAnchor[]> {
  const text = `
    select destination, kind, seal_no::text as "sealNo", done_at as "doneAt", problem, tried_at as "triedAt", every_minutes as "everyMinutes"
    from governance.audit_anchor where configured order by kind limit 10`;
  return (await connection.query<ListedAnchor>(text)).rows;
}

/** Notes which destinations there are, so that one that never heard of anything is missed too. */
export async function keepConfigured(
  connection: SealerConnection,
  destinations: readonly { name: string; kind: "sealer" | "file" | "syslog" | "timestamp"; everyMinutes: number | null }[],
): Promise<void> {
  await connection.query("update governance.audit_anchor set configured = false where configured and destination <> all($1::text[])", [
    destinations.map(({ name }) => name.slice(0, 300)),
  ]);
  for (const { name, kind, everyMinutes } of destinations)
    await connection.query(
      `insert into governance.audit_anchor (destination, kind, every_minutes, tried_at) values ($1, $2, $3, '-infinity')
       on conflict (destination) do update set configured = true, kind = excluded.kind, every_minutes = excluded.every_minutes`,
      [name.slice(0, 300), kind, everyMinutes],
    );
}
