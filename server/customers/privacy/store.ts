import { sql, type Tx } from "../../platform/db/index.ts";
import { identifierValues } from "../identifiers/index.ts";
import { type AccessReport, REPORTS_MAX } from "./contract.ts";
import type { ReportTable } from "./rules.ts";

export async function findCustomerNo(tx: Tx, customerId: string): Promise<string | null> {
  const { rows } = await sql<{ no: string }>`select customer_no as no from customers.customer where customer_id = ${customerId}`.execute(
    tx,
  );
  return rows[0]?.no ?? null;
}

export async function insertReport(
  tx: Tx,
  report: { reportId: string; customerId: string; customerNo: string; reason: string; by: string },
): Promise<void> {
  await sql`
    insert into customers.access_report (customer_id, report_id, customer_no, reason, asked_by)
    values (${report.customerId}, ${report.reportId}, ${report.customerNo}, ${report.reason}, ${report.by})`.execute(tx);
}

export type ReportRow = Omit<AccessReport, "askedByName"> & { readonly askedBy: string };

export async function listReports(tx: Tx, customerId: string): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select report_id as "reportId", reason, case when state = 'ready' and expires_at <= now() then 'expired' else state end as state, rows,
      asked_by as "askedBy", asked_at as "askedAt", compiled_at as "compiledAt", expires_at as "expiresAt"
    from customers.access_report where customer_id = ${customerId} order by report_id desc limit ${REPORTS_MAX}`.execute(tx);
  return rows;
}

export interface ReportContent {
  readonly customerNo: string;
  readonly state: "ordered" | "ready" | "expired";
  /** JSON text: amounts stay exact. */
  readonly sections: string | null;
  readonly rows: number | null;
  readonly compiledAt: Date | null;
  readonly expiresAt: Date | null;
}

export async function findReport(tx: Tx, customerId: string, reportId: string): Promise<ReportContent | null> {
  const { rows } = await sql<ReportContent>`
    select customer_no as "customerNo", case when state = 'ready' and expires_at <= now() then 'expired' else state end as state,
      case when expires_at > now() then sections::text end as sections, rows, compiled_at as "compiledAt", expires_at as "expiresAt"
    from customers.access_report where customer_id = ${customerId} and report_id = ${reportId}`.execute(tx);
  return rows[0] ?? null;
}

/** On the worker; locks the report against a second run of the job. */
export async function lockOrdered(tx: Tx, customerId: string, reportId: string): Promise<boolean> {
  const { rows } = await sql`
    select from customers.access_report where customer_id = ${customerId} and report_id = ${reportId} and state = 'ordered' for update`.execute(
    tx,
  );
  return rows.length > 0;
}

export async function partiesOf(tx: Tx, customerId: string): Promise<string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select party_id as id from customers.party where customer_id = ${customerId} limit 1000`.execute(tx);
  return rows.map(({ id }) => id);
}

/**
 * On the worker. At most `limit` rows of one table that are about these records, as JSON text: bigints as text, so that no amount loses a digit; a column of
 * third parties says only that there is something, and the number of a document stays sealed (opened-numbers.ts).
 */
export async function readRows(
  tx: Tx,
  { table, subject, columns }: ReportTable,
  of: { customerId: string; partyIds: readonly string[] },
  limit: number,
): Promise<{ rows: string; count: number }> {
  const told = columns.map(({ name, masked }) =>
    masked
      ? sql`case when ${sql.ref(name)} is not null then to_jsonb('•••'::text) end as ${sql.ref(name)}`
      : table === "customers.identifier" && name === identifierValues.column.split(".")[2]
        ? sql`to_jsonb(identifier_id::text || ' ' || encode(${sql.ref(name)}, 'hex')) as ${sql.ref(name)}`
        : sql`case when pg_typeof(${sql.ref(name)}) = 'bigint'::regtype then to_jsonb(${sql.ref(name)}::text) else to_jsonb(${sql.ref(name)}) end as ${sql.ref(name)}`,
  );
  const whose = subject === "customer_id" ? sql`customer_id = ${of.customerId}` : sql`party_id = any (${of.partyIds}::uuid[])`;
  const { rows } = await sql<{ rows: string; count: number }>`
    select coalesce(jsonb_agg(to_jsonb(t)), '[]')::text as rows, count(*)::int as count
    from (select ${sql.join(told)} from ${sql.table(table)} where ${whose} limit ${limit}) t`.execute(tx);
  return rows[0] ?? { rows: "[]", count: 0 };
}

/** Months by the name of the rule; null: without end. */
export async function readTerms(tx: Tx): Promise<ReadonlyMap<string, number | null>> {
  const { rows } = await sql<{ name: string; months: number | null }>`
    select name, term_months as months from governance.retention_rule limit 200`.execute(tx);
  return new Map(rows.map(({ name, months }) => [name, months]));
}

export async function saveContent(
  tx: Tx,
  customerId: string,
  reportId: string,
  content: { sections: string; rows: number; now: Date },
): Promise<void> {
  await sql`
    update customers.access_report set state = 'ready', sections = ${content.sections}::jsonb, rows = ${content.rows}, compiled_at = ${content.now},
      expires_at = ${content.now}::timestamptz + make_interval(days => coalesce((select (value #>> '{}')::int from platform.setting where name = 'access_report_days'), 14))
    where customer_id = ${customerId} and report_id = ${reportId}`.execute(tx);
}

/** On the worker. Deletes the content of reports whose days are over; how many. */
export async function expireReports(tx: Tx): Promise<number> {
  const { rows } = await sql`
    update customers.access_report set state = 'expired', sections = null where state = 'ready' and expires_at <= now() returning report_id`.execute(
    tx,
  );
  return rows.length;
}
