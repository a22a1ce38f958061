import type { RawBuilder } from "kysely";
import { sql, type Tx } from "../../platform/db/index.ts";
import { OPEN_COUNT_MAX, QUALITY_SOURCES_MAX, type QualityWork } from "./contract.ts";
import type { WorkCursor } from "./rules.ts";

export interface Part {
  readonly sourceId?: number | undefined;
  readonly branchId?: string | undefined;
}

export interface Figure {
  readonly ruleNo: number;
  readonly sourceId: number;
  readonly branchId: string | null;
  readonly records: number;
  readonly failing: number;
}

// The policy decides by itself; saying it again would be the same words.
const within = ({ sourceId, branchId }: Part) =>
  sql`(${sourceId ?? null}::smallint is null or source_id = ${sourceId ?? null}) and (${branchId ?? null}::uuid is null or branch_id = ${branchId ?? null})`;

/** By rule, source and branch, within the caller's reach. */
export async function readFigures(tx: Tx, part: Part): Promise<Figure[]> {
  const { rows } = await sql<Figure>`
    select rule_no as "ruleNo", source_id as "sourceId", branch_id as "branchId", sum(records)::int as records, sum(failing)::int as failing
    from customers.quality_figure where ${within(part)} group by 1, 2, 3 having sum(records) <> 0`.execute(tx);
  return rows;
}

export interface Rule {
  readonly ruleNo: number;
  readonly weight: number;
  readonly months: number | null;
}

export async function readRules(tx: Tx): Promise<Rule[]> {
  const { rows } = await sql<Rule>`
    select rule_no as "ruleNo", weight, (parameter ->> 'months')::int as months from customers.quality_rule where active order by rule_no`.execute(
    tx,
  );
  return rows;
}

export async function readSources(tx: Tx): Promise<{ sourceId: number; code: string; name: string }[]> {
  const { rows } = await sql<{ sourceId: number; code: string; name: string }>`
    select source_id as "sourceId", code, name from customers.source order by source_id limit ${QUALITY_SOURCES_MAX}`.execute(tx);
  return rows;
}

export async function readBranchNames(tx: Tx, branchIds: readonly string[]): Promise<{ branchId: string; name: string }[]> {
  const { rows } = await sql<{ branchId: string; name: string }>`
    select unit_id as "branchId", name from governance.organisation_unit where unit_id = any (${branchIds}::uuid[])`.execute(tx);
  return rows;
}

export async function readPlaceholders(tx: Tx): Promise<{ ruleNo: number; value: string; records: number }[]> {
  const { rows } = await sql<{ ruleNo: number; value: string; records: number }>`
    select rule_no as "ruleNo", value, records from customers.quality_placeholder order by records desc, value limit 50`.execute(tx);
  return rows;
}

export interface OpenCount {
  readonly reason: string;
  readonly count: number;
}

/** Doubtful pairs both sides of which the caller sees, up to a bound. */
export async function countDoubts(tx: Tx): Promise<OpenCount[]> {
  const { rows } = await sql<OpenCount>`
    select reason, count(*)::int as count from (
      select doubt as reason from customers.match_pair where doubt is not null and (decision is null or decision = 'later') limit ${OPEN_COUNT_MAX}) open
    group by reason order by count(*) desc, reason limit 50`.execute(tx);
  return rows;
}

export async function countQuarantine(tx: Tx): Promise<OpenCount[]> {
  const { rows } = await sql<OpenCount>`
    select reason, count(*)::int as count from (select reason from customers.quarantine where state = 'open' limit ${OPEN_COUNT_MAX}) open
    group by reason order by count(*) desc, reason limit 50`.execute(tx);
  return rows;
}

export interface DayFigure {
  readonly day: string;
  readonly ruleNo: number;
  readonly records: number;
  readonly failing: number;
}

export async function readDays(tx: Tx, part: Part, from: string, ruleNos: readonly number[]): Promise<DayFigure[]> {
  const { rows } = await sql<DayFigure>`
    select day, rule_no as "ruleNo", sum(records)::int as records, sum(failing)::int as failing from customers.quality_day
    where day > ${from}::date and rule_no = any (${ruleNos}::smallint[]) and ${within(part)} group by 1, 2 order by 1, 2`.execute(tx);
  return rows;
}

export interface WorkRequest extends Part {
  readonly ruleNo: number;
  readonly after: WorkCursor | null;
  readonly rows: number;
  /** Most records of the bank fail: then a page is found soonest by walking customers in their order. */
  readonly walk: boolean;
}

export type WorkCustomer = Omit<QualityWork, "records">;

/** Customers the caller sees who have a record that fails, where figures are counted, the largest first. */
export async function listWork(tx: Tx, request: WorkRequest): Promise<WorkCustomer[]> {
  const fails = (alias: RawBuilder<unknown>) => sql`
    ${alias}.failing >> ${request.ruleNo} & 1 = 1 and (${request.sourceId ?? null}::smallint is null or ${alias}.source_id = ${request.sourceId ?? null})
    and (${request.branchId ?? null}::uuid is null or ${alias}.branch_id = ${request.branchId ?? null})
    and ((select customers.quality_whole_bank()) or ${alias}.branch_id = any ((select customers.quality_units())::uuid[]))`;
  const after = request.after;
  const start =
    after === null ? sql`true` : sql`(c.assets_minor, c.customer_id) < (${after.assetsMinor}::bigint, ${after.customerId}::uuid)`;
  // Hidden from the planner, the list of all who fail is made first and then sorted.
  const who = request.walk
    ? sql`exists (select from customers.party_quality q where q.customer_id = c.customer_id and ${fails(sql`q`)})`
    : sql`c.customer_id = any (array(select q.customer_id from customers.party_quality q where ${fails(sql`q`)}))`;
  const { rows } = await sql<WorkCustomer>`
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.full_name as "fullName", c.latin_name as "latinName", c.language,
      (select u.name from governance.organisation_unit u where u.unit_id = c.branch_id) as "branchName", c.holding_count as "holdingCount", c.currency,
      c.assets_minor as "assetsMinor"
    from customers.customer c where ${start} and ${who}
    order by c.assets_minor desc, c.customer_id desc limit ${request.rows}`.execute(tx);
  return rows;
}

export interface FailingRecord {
  readonly customerId: string;
  readonly partyId: string;
  readonly source: string;
  readonly sourceKey: string;
  readonly values: readonly string[];
  readonly changedAt: Date | null;
}

const RECORDS_MAX = 20;

/** The failing records of a page, with what they say in the field; `value` is one of the columns below. */
export async function readFailing(
  tx: Tx,
  customerIds: readonly string[],
  { ruleNo, sourceId }: WorkRequest,
  field: string,
): Promise<FailingRecord[]> {
  const contact = ["phone", "email", "address"].includes(field);
  // Identifiers are not read here: this login may not see them.
  const own = contact || field === "national_id" ? sql`null::text` : sql`p.${sql.ref(field)}::text`;
  const { rows } = await sql<FailingRecord>`
    select x.customer_id as "customerId", x.party_id as "partyId", s.name as source, x.source_key as "sourceKey",
      case when x.value is not null then array[x.value]
        else coalesce((select array_agg(k.value order by k.changed_at desc) from (
          select value, changed_at from customers.contact_point k where k.party_id = x.party_id and k.kind = ${field} order by changed_at desc limit 5) k), '{}') end as values,
      coalesce((select max(k.changed_at) from customers.contact_point k where k.party_id = x.party_id and k.kind = ${field}), x.changed_at) as "changedAt"
    from (
      select q.customer_id, p.party_id, p.source_id, p.source_key, p.changed_at, ${own} as value,
        row_number() over (partition by q.customer_id order by p.source_id, p.party_id) as place
      from customers.party_quality q join customers.party p using (party_id)
      where q.customer_id = any (${customerIds}::uuid[]) and q.failing >> ${ruleNo} & 1 = 1 and (${sourceId ?? null}::smallint is null or q.source_id = ${sourceId ?? null})
    ) x join customers.source s using (source_id) where x.place <= ${RECORDS_MAX} order by x.customer_id, x.place`.execute(tx);
  return rows;
}
