import { sql, type Tx } from "../../platform/db/index.ts";

export interface ReportRow {
  readonly reportId: string;
  readonly name: string;
  readonly note: string | null;
  readonly ownerId: string;
  readonly shared: boolean;
  /** As it was kept: parse it before use. */
  readonly definition: unknown;
  readonly version: number;
  readonly changedAt: Date;
}

const columns = sql`r.report_id as "reportId", r.name, r.note, r.owner_id as "ownerId", r.shared, r.definition, r.version, r.changed_at as "changedAt"`;

/** Those the caller may see (row security), the newest change first. */
export async function listReports(tx: Tx, rows: number): Promise<ReportRow[]> {
  const found = await sql<ReportRow>`
    select ${columns} from intelligence.report r where r.archived_at is null order by r.changed_at desc, r.report_id limit ${rows}`.execute(
    tx,
  );
  return found.rows;
}

export async function findReport(tx: Tx, reportId: string): Promise<ReportRow | null> {
  const { rows } =
    await sql<ReportRow>`select ${columns} from intelligence.report r where r.report_id = ${reportId} and r.archived_at is null`.execute(
      tx,
    );
  return rows[0] ?? null;
}

export async function countOwn(tx: Tx, ownerId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from intelligence.report where owner_id = ${ownerId} and archived_at is null`.execute(tx);
  return rows[0]?.n ?? 0;
}

export interface ReportDraft {
  readonly reportId: string;
  readonly name: string;
  readonly note: string | null;
  readonly shared: boolean;
  readonly definition: object;
  readonly permissions: readonly string[];
}

export async function insertReport(tx: Tx, draft: ReportDraft, ownerId: string): Promise<void> {
  await sql`insert into intelligence.report (report_id, name, note, owner_id, shared, definition, permissions)
    values (${draft.reportId}, ${draft.name}, ${draft.note}, ${ownerId}, ${draft.shared}, ${JSON.stringify(draft.definition)}::jsonb, ${draft.permissions}::text[])`.execute(
    tx,
  );
}

/** The next version; false: somebody was faster, or it is not the caller's own. */
export async function updateReport(tx: Tx, draft: ReportDraft, version: number, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update intelligence.report set name = ${draft.name}, note = ${draft.note}, shared = ${draft.shared}, definition = ${JSON.stringify(draft.definition)}::jsonb,
      permissions = ${draft.permissions}::text[], version = version + 1, changed_at = now()
    where report_id = ${draft.reportId} and version = ${version} and owner_id = ${by} and archived_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

export async function archiveReport(tx: Tx, reportId: string, by: string): Promise<void> {
  await sql`update intelligence.report set archived_at = now() where report_id = ${reportId} and owner_id = ${by} and archived_at is null`.execute(
    tx,
  );
}

// ---------------------------------------------------------------- dashboards

export interface Dashboards {
  readonly own: readonly string[] | null;
  /** What roles begin with, where somebody settled it. */
  readonly byRole: ReadonlyMap<string, readonly string[]>;
}

export async function readDashboards(tx: Tx, ownerId: string, roleIds: readonly string[]): Promise<Dashboards> {
  const { rows } = await sql<{ roleId: string | null; reportIds: string[] }>`
    select role_id as "roleId", report_ids as "reportIds" from intelligence.dashboard where owner_id = ${ownerId} or role_id = any (${roleIds}::text[])`.execute(
    tx,
  );
  return {
    own: rows.find(({ roleId }) => roleId === null)?.reportIds ?? null,
    byRole: new Map(rows.flatMap(({ roleId, reportIds }) => (roleId === null ? [] : [[roleId, reportIds] as const]))),
  };
}

/** Exactly one of owner and role. */
export async function saveDashboard(
  tx: Tx,
  of: { ownerId: string | null; roleId: string | null },
  reportIds: readonly string[],
  by: string,
): Promise<void> {
  const target = sql.raw(of.ownerId === null ? "role_id" : "owner_id");
  await sql`
    insert into intelligence.dashboard (owner_id, role_id, report_ids, changed_by) values (${of.ownerId}, ${of.roleId}, ${reportIds}::uuid[], ${by})
    on conflict (${target}) do update set report_ids = excluded.report_ids, changed_by = excluded.changed_by, changed_at = now()`.execute(
    tx,
  );
}

export async function dropDashboard(tx: Tx, ownerId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`delete from intelligence.dashboard where owner_id = ${ownerId}`.execute(tx);
  return numAffectedRows === 1n;
}
