import { sql, type Tx } from "../../platform/db/index.ts";
import type { MappingSummary } from "./contract.ts";

export interface SourceRow {
  readonly code: string;
  readonly name: string;
  readonly trust: number | null;
  readonly trustFor: Readonly<Record<string, number>>;
}

/** The number of the source; made or brought up to date. Trust that the mapping does not name stays as it is. */
export async function saveSource(tx: Tx, source: SourceRow): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into customers.source as s (code, name, trust) values (${source.code}, ${source.name}, coalesce(${source.trust}::smallint, 50))
    on conflict (code) do update set name = excluded.name, trust = coalesce(${source.trust}::smallint, s.trust)
    returning source_id as id`.execute(tx);
  const id = rows[0]?.id ?? 0;
  for (const [attribute, trust] of Object.entries(source.trustFor)) {
    await sql`insert into customers.source_trust (source_id, attribute, trust) values (${id}, ${attribute}, ${trust})
      on conflict (source_id, attribute) do update set trust = excluded.trust`.execute(tx);
  }
  return id;
}

export interface NewMapping {
  readonly name: string;
  readonly sourceCode: string;
  readonly text: string;
  readonly sha256: Buffer;
  readonly createdBy: string;
}

/** The id of the mapping with this very text; kept as the next version of its name when it is new. */
export async function saveMapping(tx: Tx, mapping: NewMapping): Promise<string> {
  await sql`select pg_advisory_xact_lock(hashtextextended('mapping ' || ${mapping.name}, 0))`.execute(tx);
  await sql`
    insert into customers.mapping (name, version, source_code, body, sha256, created_by)
    select ${mapping.name}, coalesce(max(version), 0) + 1, ${mapping.sourceCode}, ${mapping.text}, ${mapping.sha256}, ${mapping.createdBy}
    from customers.mapping where name = ${mapping.name}
    on conflict (sha256) do nothing`.execute(tx);
  const { rows } = await sql<{ id: string }>`select mapping_id as id from customers.mapping where sha256 = ${mapping.sha256}`.execute(tx);
  return rows[0]?.id ?? "";
}

export async function findSource(tx: Tx, code: string): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`select source_id as id from customers.source where code = ${code}`.execute(tx);
  return rows[0]?.id ?? null;
}

export async function readMappingText(tx: Tx, mappingId: string): Promise<string | null> {
  const { rows } = await sql<{ body: string }>`select body from customers.mapping where mapping_id = ${mappingId}`.execute(tx);
  return rows[0]?.body ?? null;
}

const mappingColumns = sql.raw(
  `m.mapping_id as "mappingId", m.name, m.version, m.source_code as "sourceCode", m.created_at as "createdAt", coalesce(u.display_name, '') as "createdBy"`,
);

/** The newest version of each name. */
export async function listMappings(tx: Tx, limit: number): Promise<MappingSummary[]> {
  const { rows } = await sql<MappingSummary>`
    select distinct on (m.name) ${mappingColumns} from customers.mapping m left join governance.app_user u on u.user_id = m.created_by
    order by m.name, m.version desc limit ${limit}`.execute(tx);
  return rows;
}

export async function readMapping(tx: Tx, mappingId: string): Promise<(MappingSummary & { text: string }) | null> {
  const { rows } = await sql<MappingSummary & { text: string }>`
    select ${mappingColumns}, m.body as text from customers.mapping m left join governance.app_user u on u.user_id = m.created_by
    where m.mapping_id = ${mappingId}`.execute(tx);
  return rows[0] ?? null;
}

export async function listMappingVersions(tx: Tx, name: string, limit: number): Promise<MappingSummary[]> {
  const { rows } = await sql<MappingSummary>`
    select ${mappingColumns} from customers.mapping m left join governance.app_user u on u.user_id = m.created_by
    where m.name = ${name} order by m.version desc limit ${limit}`.execute(tx);
  return rows;
}
