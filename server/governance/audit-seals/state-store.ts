import { sql, type Tx } from "../../platform/db/index.ts";
import type { SealCheck } from "./contract.ts";
import type { ListedAnchor } from "./told-store.ts";

export interface ListedSeal {
  readonly no: string;
  readonly statement: string;
  readonly sealedAt: Date;
  readonly rows: number;
  readonly hash: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** The last seals, as the person may see them. */
export async function listSeals(tx: Tx, rows: number): Promise<ListedSeal[]> {
  const found = await sql<ListedSeal>`
    select seal_no::text as no, statement, sealed_at as "sealedAt", row_count as rows, encode(seal_hash, 'hex') as hash, first_at as "firstAt", last_at as "lastAt"
    from governance.audit_seal order by seal_no desc limit ${rows}`.execute(tx);
  return found.rows;
}

export async function readTail(tx: Tx, to: string, above: string): Promise<{ rows: number; oldestAt: Date | null }> {
  const { rows } = await sql<{ rows: number; oldestAt: Date | null }>`
    select count(*)::int as rows, min(at) as "oldestAt" from governance.audit_event
    where xid >= pg_snapshot_xmin(${to}::pg_snapshot) and not pg_visible_in_snapshot(xid, ${to}::pg_snapshot) and event_id > ${above}::bigint`.execute(
    tx,
  );
  return rows[0] ?? { rows: 0, oldestAt: null };
}

export async function listAnchors(tx: Tx): Promise<ListedAnchor[]> {
  const { rows } = await sql<ListedAnchor>`
    select destination, kind, seal_no::text as "sealNo", done_at as "doneAt", problem, tried_at as "triedAt", every_minutes as "everyMinutes"
    from governance.audit_anchor where configured order by kind limit 10`.execute(tx);
  return rows;
}

export async function listChecks(tx: Tx, rows: number): Promise<SealCheck[]> {
  const found = await sql<SealCheck>`
    select c.check_id as "checkId", coalesce(u.display_name, '') as "orderedByName", c.ordered_at as "orderedAt", c.finished_at as "finishedAt",
      c.seals::float8 as seals, c.rows_checked::float8 as rows, c.fault_count as "faultCount", c.faults, c.problem
    from governance.audit_check c left join governance.app_user u on u.user_id = c.ordered_by
    order by c.ordered_at desc limit ${rows}`.execute(tx);
  return found.rows;
}

export async function listKeys(tx: Tx, rows: number): Promise<{ keyId: string; since: Date; publicKey: Buffer }[]> {
  const found = await sql<{ keyId: string; since: Date; publicKey: Buffer }>`
    select key_id as "keyId", since, public_key as "publicKey" from governance.audit_seal_key order by since desc limit ${rows}`.execute(
    tx,
  );
  return found.rows;
}

export async function readLastStamp(tx: Tx): Promise<{ sealNo: string; stampedAt: Date; verified: boolean } | null> {
  const { rows } = await sql<{ sealNo: string; stampedAt: Date; verified: boolean }>`
    select seal_no::text as "sealNo", stamped_at as "stampedAt", verified from governance.audit_timestamp order by seal_no desc limit 1`.execute(
    tx,
  );
  return rows[0] ?? null;
}

export async function isCheckOpen(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{
    open: boolean;
  }>`select exists (select from governance.audit_check where finished_at is null) as open`.execute(tx);
  return rows[0]?.open ?? false;
}

export async function insertCheck(tx: Tx, checkId: string, orderedBy: string): Promise<void> {
  await sql`insert into governance.audit_check (check_id, ordered_by) values (${checkId}, ${orderedBy})`.execute(tx);
}
