import { sql, type Tx } from "../../platform/db/index.ts";
import { type Colleague, type ColleagueQuery, UNITS_MAX, type Unit } from "./contract.ts";

export async function listUnits(tx: Tx): Promise<Unit[]> {
  const { rows } = await sql<Unit>`
    select o.unit_id as "unitId", o.parent_id as "parentId", o.kind, o.code, o.name, o.names, o.active, o.version, count(u.user_id)::int as "peopleCount"
    from governance.organisation_unit o left join governance.app_user u on u.home_unit_id = o.unit_id and u.active
    group by o.unit_id order by o.kind, o.code limit ${UNITS_MAX}`.execute(tx);
  return rows;
}

export async function listColleagues(tx: Tx, query: ColleagueQuery, limit: number): Promise<Colleague[]> {
  const pattern = query.text ? `%${query.text.replace(/[\\%_]/g, "\\$&")}%` : null;
  const { rows } = await sql<Colleague>`
    select u.user_id as "userId", u.login, u.display_name as "displayName", u.email, u.home_unit_id as "homeUnitId", h.name as "homeUnitName", u.active,
      governance.roles_of(u.user_id) as roles,
      coalesce((select jsonb_agg(jsonb_build_object('portfolioId', p.portfolio_id, 'code', p.code, 'name', p.name) order by p.code)
        from governance.portfolio p where p.owner_user_id = u.user_id), '[]') as portfolios
    from governance.app_user u join governance.organisation_unit h on h.unit_id = u.home_unit_id
    where (${query.unitId ?? null}::uuid is null
        or u.home_unit_id in (select below_id from governance.unit_reach where unit_id = ${query.unitId ?? null}::uuid))
      and (${pattern}::text is null or u.display_name ilike ${pattern}::text or u.login ilike ${pattern}::text)
      and (${query.after ?? null}::text is null or u.login > ${query.after ?? null}::text)
      and u.login <> 'operator'
    order by u.login limit ${limit}`.execute(tx);
  return rows;
}

export interface UnitRow {
  readonly kind: "region" | "branch" | "team";
  readonly code: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  /** Default: the bank itself. */
  readonly parentCode?: string | null;
  readonly placeCode?: string | null;
}

export interface LandedRows {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  /** The unit above (or the unit of a portfolio) is not known. */
  readonly unknownParent: readonly string[];
}

interface LandedRow {
  code: string;
  outcome: "created" | "updated" | "unchanged" | "unknownParent";
}

function byOutcome(rows: readonly LandedRow[]): LandedRows {
  const codes = (outcome: LandedRow["outcome"]) => rows.filter((row) => row.outcome === outcome).map((row) => row.code);
  return { created: codes("created"), updated: codes("updated"), unchanged: codes("unchanged"), unknownParent: codes("unknownParent") };
}

/** Worker role. Units by code; what a row does not say (names, parent, place) stays as it is. */
export async function landUnits(tx: Tx, units: readonly UnitRow[], loadNo: number): Promise<LandedRows> {
  const { rows } = await sql<LandedRow>`
    with wanted as (
      select w.*, p.unit_id as parent_id
      from jsonb_to_recordset(${JSON.stringify(units)}::jsonb) as w (kind text, code text, name text, names jsonb, "parentCode" text, "placeCode" text)
        left join governance.organisation_unit p on case when w."parentCode" is null then p.kind = 'bank' else p.code = w."parentCode" end
    ), saved as (
      insert into governance.organisation_unit as o (parent_id, kind, code, name, names, place_code, load_no)
      select parent_id, kind, code, name, coalesce(names, '{}'), "placeCode", ${loadNo} from wanted where parent_id is not null
      on conflict (code) do update
        set name = excluded.name, names = o.names || excluded.names, parent_id = excluded.parent_id, place_code = coalesce(excluded.place_code, o.place_code), version = o.version + 1
        where (o.name, o.names, o.parent_id, o.place_code) is distinct from (excluded.name, o.names || excluded.names, excluded.parent_id, coalesce(excluded.place_code, o.place_code))
      returning code, (version = 1) as is_new
    )
    select w.code, case when w.parent_id is null then 'unknownParent' when s.is_new then 'created' when s.is_new = false then 'updated' else 'unchanged' end as outcome
    from wanted w left join saved s using (code) order by w.code`.execute(tx);
  return byOutcome(rows);
}

export interface PortfolioRow {
  readonly code: string;
  readonly name: string;
  readonly unitCode: string;
  /** Left as it is when not said. */
  readonly ownerLogin?: string | null;
}

/** Worker role. */
export async function landPortfolios(tx: Tx, portfolios: readonly PortfolioRow[], loadNo: number): Promise<LandedRows> {
  const { rows } = await sql<LandedRow>`
    with wanted as (
      select w.*, o.unit_id, u.user_id as owner_id
      from jsonb_to_recordset(${JSON.stringify(portfolios)}::jsonb) as w (code text, name text, "unitCode" text, "ownerLogin" text)
        left join governance.organisation_unit o on o.code = w."unitCode"
        left join governance.app_user u on u.login = lower(w."ownerLogin")
    ), saved as (
      insert into governance.portfolio as p (code, name, unit_id, owner_user_id, load_no)
      select code, name, unit_id, owner_id, ${loadNo} from wanted where unit_id is not null
      on conflict (code) do update
        set name = excluded.name, unit_id = excluded.unit_id, owner_user_id = coalesce(excluded.owner_user_id, p.owner_user_id), version = p.version + 1
        where (p.name, p.unit_id, p.owner_user_id) is distinct from (excluded.name, excluded.unit_id, coalesce(excluded.owner_user_id, p.owner_user_id))
      returning code, (version = 1) as is_new
    )
    select w.code, case when w.unit_id is null then 'unknownParent' when s.is_new then 'created' when s.is_new = false then 'updated' else 'unchanged' end as outcome
    from wanted w left join saved s using (code) order by w.code`.execute(tx);
  return byOutcome(rows);
}

/** Worker role: a portfolio goes to a person. false when either is unknown. */
export async function assignPortfolio(tx: Tx, code: string, ownerLogin: string): Promise<boolean> {
  const { rows } = await sql`
    update governance.portfolio set owner_user_id = u.user_id, version = portfolio.version + 1
    from governance.app_user u where portfolio.code = ${code} and u.login = lower(${ownerLogin}) returning portfolio_id`.execute(tx);
  return rows.length === 1;
}

/** What a load may change of a unit or portfolio, by codes: what `restoreUnits` and `restorePortfolios` take. */
export interface CatalogueImage {
  readonly id: string;
  readonly code: string;
  readonly image: Readonly<Record<string, unknown>>;
}

/** Worker role: units as they are, but for those that the load itself made. */
export async function listUnitImages(tx: Tx, codes: readonly string[], loadNo: number): Promise<CatalogueImage[]> {
  const { rows } = await sql<CatalogueImage>`
    select u.unit_id as id, u.code, jsonb_build_object('code', u.code, 'name', u.name, 'names', u.names, 'parentCode', p.code, 'placeCode', u.place_code) as image
    from governance.organisation_unit u join governance.organisation_unit p on p.unit_id = u.parent_id
    where u.code = any (${codes}::text[]) and u.load_no is distinct from ${loadNo} order by u.code`.execute(tx);
  return rows;
}

/** Worker role: the same of portfolios. Who owns one is not a load's to say. */
export async function listPortfolioImages(tx: Tx, codes: readonly string[], loadNo: number): Promise<CatalogueImage[]> {
  const { rows } = await sql<CatalogueImage>`
    select p.portfolio_id as id, p.code, jsonb_build_object('code', p.code, 'name', p.name, 'unitCode', u.code) as image
    from governance.portfolio p join governance.organisation_unit u using (unit_id)
    where p.code = any (${codes}::text[]) and p.load_no is distinct from ${loadNo} order by p.code`.execute(tx);
  return rows;
}

/** Worker role: gives units back what they were, also where that was nothing. */
export async function restoreUnits(tx: Tx, images: readonly unknown[]): Promise<void> {
  await sql`
    update governance.organisation_unit o set name = w.name, names = w.names, parent_id = p.unit_id, place_code = w."placeCode", version = o.version + 1
    from jsonb_to_recordset(${JSON.stringify(images)}::jsonb) as w (code text, name text, names jsonb, "parentCode" text, "placeCode" text)
      join governance.organisation_unit p on p.code = w."parentCode"
    where o.code = w.code`.execute(tx);
}

/** Worker role. */
export async function restorePortfolios(tx: Tx, images: readonly unknown[]): Promise<void> {
  await sql`
    update governance.portfolio f set name = w.name, unit_id = u.unit_id, version = f.version + 1
    from jsonb_to_recordset(${JSON.stringify(images)}::jsonb) as w (code text, name text, "unitCode" text)
      join governance.organisation_unit u on u.code = w."unitCode"
    where f.code = w.code`.execute(tx);
}

/** Ids of the units and portfolios that a load made. */
export async function listLandedIds(tx: Tx, loadNo: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select unit_id as id from governance.organisation_unit where load_no = ${loadNo}
    union all select portfolio_id from governance.portfolio where load_no = ${loadNo}`.execute(tx);
  return rows.map((row) => row.id);
}

/** Worker role: puts back what a load brought. Rows that people or other units stand on by now stay; their codes are answered. */
export async function removeLanded(tx: Tx, loadNo: number): Promise<{ keptUnits: string[]; keptPortfolios: string[] }> {
  await sql`delete from governance.portfolio where load_no = ${loadNo} and owner_user_id is null`.execute(tx);
  const portfolios = await sql<{
    code: string;
  }>`select code from governance.portfolio where load_no = ${loadNo} order by code limit 1000`.execute(tx);
  for (const kind of ["team", "branch", "region"]) {
    await sql`
      delete from governance.organisation_unit o where load_no = ${loadNo} and kind = ${kind}
        and not exists (select from governance.organisation_unit below where below.parent_id = o.unit_id)
        and not exists (select from governance.app_user u where u.home_unit_id = o.unit_id)
        and not exists (select from governance.role_assignment a where a.unit_id = o.unit_id)
        and not exists (select from governance.portfolio p where p.unit_id = o.unit_id)`.execute(tx);
  }
  const units = await sql<{
    code: string;
  }>`select code from governance.organisation_unit where load_no = ${loadNo} order by code limit 1000`.execute(tx);
  return { keptUnits: units.rows.map((row) => row.code), keptPortfolios: portfolios.rows.map((row) => row.code) };
}
