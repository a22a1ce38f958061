import { sql, type Tx } from "../../platform/db/index.ts";
import type { Portfolio, Unit } from "./contract.ts";

export type UnitRow = Pick<Unit, "unitId" | "parentId" | "kind" | "active">;

export async function findUnit(tx: Tx, unitId: string): Promise<UnitRow | null> {
  const { rows } = await sql<UnitRow>`
    select unit_id as "unitId", parent_id as "parentId", kind, active from governance.organisation_unit where unit_id = ${unitId}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

interface NewUnit {
  readonly unitId: string;
  readonly parentId: string;
  readonly kind: string;
  readonly code: string;
  readonly name: string;
}

/** false when the code is taken. */
export async function insertUnit(tx: Tx, unit: NewUnit): Promise<boolean> {
  const { rows } = await sql`
    insert into governance.organisation_unit (unit_id, parent_id, kind, code, name) values (${unit.unitId}, ${unit.parentId}, ${unit.kind}, ${unit.code}, ${unit.name})
    on conflict (code) do nothing returning unit_id`.execute(tx);
  return rows.length === 1;
}

export interface UnitChange {
  readonly name?: string | undefined;
  readonly parentId?: string | undefined;
  readonly active?: boolean | undefined;
}

/** false when it has another version by now. A new name is the name in every language. */
export async function saveUnit(tx: Tx, unitId: string, version: number, change: UnitChange): Promise<boolean> {
  const { rows } = await sql`
    update governance.organisation_unit set version = version + 1, name = coalesce(${change.name ?? null}, name),
      names = case when ${change.name ?? null}::text is null then names else '{}' end,
      parent_id = coalesce(${change.parentId ?? null}::uuid, parent_id), active = coalesce(${change.active ?? null}::boolean, active)
    where unit_id = ${unitId} and version = ${version} returning unit_id`.execute(tx);
  return rows.length === 1;
}

export async function liesBelow(tx: Tx, unitId: string, aboveId: string): Promise<boolean> {
  const { rows } = await sql`select from governance.unit_reach where unit_id = ${aboveId} and below_id = ${unitId}`.execute(tx);
  return rows.length === 1;
}

export async function countInside(tx: Tx, unitId: string): Promise<{ units: number; people: number; portfolios: number }> {
  const { rows } = await sql<{ units: number; people: number; portfolios: number }>`
    select (select count(*) from governance.organisation_unit where parent_id = ${unitId} and active)::int as units,
      (select count(*) from governance.app_user where home_unit_id = ${unitId} and active)::int as people,
      (select count(*) from governance.portfolio where unit_id = ${unitId} and owner_user_id is not null)::int as portfolios`.execute(tx);
  return rows[0] ?? { units: 0, people: 0, portfolios: 0 };
}

export interface PortfolioQuery {
  readonly unitId?: string | undefined;
  readonly ownerUserId?: string | undefined;
  readonly text?: string | undefined;
  readonly after?: string | undefined;
}

export async function listPortfolios(tx: Tx, query: PortfolioQuery, limit: number): Promise<Portfolio[]> {
  const pattern = query.text ? `%${query.text.replace(/[\\%_]/g, "\\$&")}%` : null;
  const { rows } = await sql<Portfolio>`
    select p.portfolio_id as "portfolioId", p.code, p.name, p.unit_id as "unitId", o.name as "unitName", p.owner_user_id as "ownerUserId",
      u.display_name as "ownerName", p.version
    from governance.portfolio p join governance.organisation_unit o using (unit_id) left join governance.app_user u on u.user_id = p.owner_user_id
    where (${query.unitId ?? null}::uuid is null or p.unit_id in (select below_id from governance.unit_reach where unit_id = ${query.unitId ?? null}::uuid))
      and (${query.ownerUserId ?? null}::uuid is null or p.owner_user_id = ${query.ownerUserId ?? null}::uuid)
      and (${pattern}::text is null or p.name ilike ${pattern}::text or p.code ilike ${pattern}::text or u.display_name ilike ${pattern}::text)
      and (${query.after ?? null}::text is null or p.code > ${query.after ?? null}::text)
    order by p.code limit ${limit}`.execute(tx);
  return rows;
}

export async function findPortfolio(tx: Tx, portfolioId: string): Promise<Pick<Portfolio, "unitId" | "ownerUserId"> | null> {
  const { rows } = await sql<Pick<Portfolio, "unitId" | "ownerUserId">>`
    select unit_id as "unitId", owner_user_id as "ownerUserId" from governance.portfolio where portfolio_id = ${portfolioId}`.execute(tx);
  return rows[0] ?? null;
}

interface NewPortfolio {
  readonly portfolioId: string;
  readonly code: string;
  readonly name: string;
  readonly unitId: string;
  readonly ownerUserId: string | null;
}

export async function insertPortfolio(tx: Tx, made: NewPortfolio): Promise<boolean> {
  const { rows } = await sql`
    insert into governance.portfolio (portfolio_id, code, name, unit_id, owner_user_id)
    values (${made.portfolioId}, ${made.code}, ${made.name}, ${made.unitId}, ${made.ownerUserId}) on conflict (code) do nothing returning portfolio_id`.execute(
    tx,
  );
  return rows.length === 1;
}

export interface PortfolioChange {
  readonly name?: string | undefined;
  readonly unitId?: string | undefined;
  readonly ownerUserId?: string | null | undefined;
}

export async function savePortfolio(tx: Tx, portfolioId: string, version: number, change: PortfolioChange): Promise<boolean> {
  const { rows } = await sql`
    update governance.portfolio set version = version + 1, name = coalesce(${change.name ?? null}, name), unit_id = coalesce(${change.unitId ?? null}::uuid, unit_id),
      owner_user_id = case when ${change.ownerUserId !== undefined} then ${change.ownerUserId ?? null}::uuid else owner_user_id end
    where portfolio_id = ${portfolioId} and version = ${version} returning portfolio_id`.execute(tx);
  return rows.length === 1;
}

/** Is there such an open unit, and such an active person? null asks nothing. */
export async function knows(tx: Tx, { unitId, userId }: { unitId: string | null; userId: string | null }): Promise<boolean> {
  const { rows } = await sql<{ known: boolean }>`
    select (${unitId}::uuid is null or exists (select from governance.organisation_unit where unit_id = ${unitId}::uuid and active))
      and (${userId}::uuid is null or exists (select from governance.app_user where user_id = ${userId}::uuid and active)) as known`.execute(
    tx,
  );
  return rows[0]?.known === true;
}
