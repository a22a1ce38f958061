import {
  type CatalogueImage,
  type LandedRows,
  landPortfolios,
  landUnits,
  listPortfolioImages,
  listUnitImages,
} from "../../../governance/organisation/index.ts";
import { sql, type Tx } from "../../../platform/db/index.ts";
import type { KindCounts } from "../contract.ts";
import { noCounts } from "../rules.ts";
import type { ChunkFrame } from "./resolve.ts";

interface Row {
  readonly line_no: bigint;
  readonly key: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

/** Places, branches and portfolios of a chunk: few rows, each on its way through the module that owns it. */
export async function landCatalogues(tx: Tx, kinds: ReadonlySet<string>, frame: ChunkFrame): Promise<Record<string, KindCounts>> {
  const counts: Record<string, KindCounts> = {};
  if (kinds.has("place")) counts.place = await landCatalogue(tx, "place", frame, (rows) => landPlaces(tx, rows, frame));
  if (kinds.has("branch")) counts.branch = await landCatalogue(tx, "branch", frame, (rows) => landBranches(tx, rows, frame));
  if (kinds.has("portfolio")) counts.portfolio = await landCatalogue(tx, "portfolio", frame, (rows) => landPortfolioRows(tx, rows, frame));
  return counts;
}

async function landCatalogue(
  tx: Tx,
  kind: "place" | "branch" | "portfolio",
  frame: ChunkFrame,
  land: (rows: readonly Row[]) => Promise<LandedRows>,
): Promise<KindCounts> {
  const { rows } = await sql<Row & { problem_reason: string | null }>`select * from ${sql.table(`cast_${kind}`)} order by line_no`.execute(
    tx,
  );
  const good = rows.filter((row) => row.problem_reason === null);
  const first = new Map<string, Row>();
  const refused: { line: bigint; key: string; reason: string; field: string | null }[] = [];
  let repeated = 0;
  for (const row of good) {
    const known = first.get(row.key);
    if (known === undefined) first.set(row.key, row);
    else if (sameContent(known, row)) repeated += 1;
    else refused.push({ line: row.line_no, key: row.key, reason: "duplicate_key", field: null });
  }
  const landed = await land([...first.values()]);
  for (const code of landed.unknownParent) {
    const row = first.get(code);
    if (row !== undefined)
      refused.push({ line: row.line_no, key: code, reason: "unknown_reference", field: kind === "portfolio" ? "branch" : "region" });
  }
  await quarantine(tx, kind, frame, refused);
  return {
    ...noCounts,
    read: rows.length,
    created: landed.created.length,
    updated: landed.updated.length,
    unchanged: landed.unchanged.length + repeated,
    quarantined: rows.length - good.length + refused.length,
  };
}

function sameContent(a: Row, b: Row): boolean {
  const content = ({ line_no: _, ...row }: Row) => JSON.stringify(row);
  return content(a) === content(b);
}

async function landPlaces(tx: Tx, rows: readonly Row[], frame: ChunkFrame): Promise<LandedRows> {
  const wanted = rows.map((row) => ({
    code: row.key,
    name: row.name,
    region: row.region,
    country: row.country,
    details: row.details ?? {},
  }));
  const { rows: landed } = await sql<{ code: string; outcome: "created" | "updated" | "unchanged" }>`
    with wanted as (
      select w.*, hash_record_extended(row(w.name, w.region, w.country, w.details), 0) as hash
      from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w (code text, name text, region text, country text, details jsonb)
    ), kept as (
      insert into customers.load_change (load_no, kind, party_id, row_id, before)
      select ${frame.loadNo}, 'place', md5(p.source_id || ' ' || p.code)::uuid, md5(p.source_id || ' ' || p.code)::uuid, jsonb_build_object('row', to_jsonb(p), 'claim', null)
      from customers.place p join wanted w using (code) where p.source_id = ${frame.sourceId} and p.content_hash <> w.hash on conflict do nothing
    ), saved as (
      insert into customers.place as p (source_id, code, name, region, country, details, load_no, content_hash)
      select ${frame.sourceId}, code, name, region, country, details, ${frame.loadNo}, hash from wanted
      on conflict (source_id, code) do update set name = excluded.name, region = excluded.region, country = excluded.country, details = excluded.details,
        load_no = excluded.load_no, content_hash = excluded.content_hash where p.content_hash <> excluded.content_hash
      returning code, xmax = 0 as is_new
    )
    select w.code, case when s.is_new then 'created' when s.is_new = false then 'updated' else 'unchanged' end as outcome
    from wanted w left join saved s using (code) order by w.code`.execute(tx);
  const codes = (outcome: string) => landed.filter((row) => row.outcome === outcome).map((row) => row.code);
  return { created: codes("created"), updated: codes("updated"), unchanged: codes("unchanged"), unknownParent: [] };
}

/** Regions come along with their branches and are not counted. */
async function landBranches(tx: Tx, rows: readonly Row[], frame: ChunkFrame): Promise<LandedRows> {
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const regions = new Map(
    rows.flatMap((row) => (text(row.region) === null ? [] : [[String(row.region), text(row.region_name) ?? String(row.region)] as const])),
  );
  const before = await listUnitImages(tx, [...regions.keys(), ...rows.map((row) => row.key)], frame.loadNo);
  const landedRegions = await landUnits(
    tx,
    [...regions].map(([code, name]) => ({ kind: "region" as const, code, name })),
    frame.loadNo,
  );
  const branches = rows.map((row) => ({
    kind: "branch" as const,
    code: row.key,
    name: row.name,
    parentCode: text(row.region),
    placeCode: text(row.place),
  }));
  const landed = await landUnits(tx, branches, frame.loadNo);
  const changed = new Set([...landedRegions.updated, ...landed.updated]);
  await keepBefore(
    tx,
    "unit",
    before.filter(({ code }) => changed.has(code)),
    frame.loadNo,
  );
  return landed;
}

async function landPortfolioRows(tx: Tx, rows: readonly Row[], frame: ChunkFrame): Promise<LandedRows> {
  const before = await listPortfolioImages(
    tx,
    rows.map((row) => row.key),
    frame.loadNo,
  );
  const portfolios = rows.map((row) => ({ code: row.key, name: row.name, unitCode: String(row.branch) }));
  const landed = await landPortfolios(tx, portfolios, frame.loadNo);
  await keepBefore(
    tx,
    "portfolio",
    before.filter(({ code }) => landed.updated.includes(code)),
    frame.loadNo,
  );
  return landed;
}

/** What those that changed were before: a reversal puts it back. Of a unit that changes twice in one load the first image counts. */
async function keepBefore(tx: Tx, kind: "unit" | "portfolio", changed: readonly CatalogueImage[], loadNo: number): Promise<void> {
  if (changed.length === 0) return;
  await sql`
    insert into customers.load_change (load_no, kind, party_id, row_id, before)
    select ${loadNo}, ${kind}, c.id, c.id, jsonb_build_object('row', c.image, 'claim', null)
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) as c (id uuid, image jsonb) on conflict do nothing`.execute(tx);
}

async function quarantine(
  tx: Tx,
  kind: string,
  frame: ChunkFrame,
  refused: readonly { line: bigint; key: string; reason: string; field: string | null }[],
): Promise<void> {
  await sql`
    insert into customers.quarantine (load_no, file_no, line_no, kind, source_key, reason, field, column_name, value_class, raw)
    select ${frame.loadNo}, ${frame.fileNo}, c.line_no, ${kind}, left(c.key, 200), c.problem_reason, c.problem_field, c.problem_column, c.problem_class, ${sql.raw(frame.raw)}
    from ${sql.table(`cast_${kind}`)} c join staged s on s.line_no = c.line_no where c.problem_reason is not null order by c.line_no`.execute(
    tx,
  );
  if (refused.length === 0) return;
  const rows = refused.map((row) => ({ ...row, line: Number(row.line) }));
  await sql`
    insert into customers.quarantine (load_no, file_no, line_no, kind, source_key, reason, field, column_name, raw, state)
    select ${frame.loadNo}, ${frame.fileNo}, r.line, ${kind}, r.key, r.reason, r.field, ${sql.raw(frame.columnOf(kind, "r.field"))}, ${sql.raw(frame.raw)}, case r.reason when 'unknown_reference' then 'waiting' else 'open' end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (line bigint, key text, reason text, field text) join staged s on s.line_no = r.line`.execute(
    tx,
  );
}
