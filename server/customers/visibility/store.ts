import { sql, type Tx } from "../../platform/db/index.ts";
import { COUNTS_MAX, type Reason, VIEWERS_MAX } from "./contract.ts";

export interface Explained {
  readonly customerId: string;
  readonly branchName: string | null;
  readonly portfolioName: string | null;
  readonly sealed: boolean;
}

/** By number or id; null when there is none, or none for the asker. */
export async function findCustomer(tx: Tx, customer: string): Promise<Explained | null> {
  const { rows } = await sql<Explained>`
    select c.customer_id as "customerId", o.name as "branchName", p.name as "portfolioName", c.sealed
    from customers.find_for_explaining(${customer}) c left join governance.organisation_unit o on o.unit_id = c.branch_id
      left join governance.portfolio p on p.portfolio_id = c.portfolio_id limit 1`.execute(tx);
  return rows[0] ?? null;
}

export interface Viewer {
  readonly userId: string;
  readonly displayName: string;
  readonly homeUnitName: string;
  readonly reasons: Reason[];
  readonly count: number;
}

/** By name; each row carries the count of all. */
export async function listViewers(tx: Tx, customerId: string): Promise<Viewer[]> {
  const { rows } = await sql<Viewer>`
    select u.user_id as "userId", u.display_name as "displayName", h.name as "homeUnitName", count(*) over ()::int as count,
      jsonb_agg(jsonb_build_object('kind', w.reason, 'roleId', w.role_id, 'roleName', r.name, 'heldAt', o.name, 'portfolioName', p.name, 'deputyFor', g.display_name)
        order by w.reason, w.role_id, o.name) as reasons
    from customers.who_sees(${customerId}) w
      join governance.app_user u on u.user_id = w.user_id join governance.organisation_unit h on h.unit_id = u.home_unit_id
      left join governance.role r on r.role_id = w.role_id left join governance.organisation_unit o on o.unit_id = w.held_at
      left join governance.portfolio p on p.portfolio_id = w.portfolio_id left join governance.app_user g on g.user_id = w.from_user_id
    where u.login <> 'operator'
    group by u.user_id, h.name order by u.display_name, u.user_id limit ${VIEWERS_MAX}`.execute(tx);
  return rows;
}

export type Part = Reason & { readonly unitName: string | null; readonly count: number };

export async function listParts(tx: Tx, userId: string): Promise<Part[]> {
  const { rows } = await sql<Part>`
    select s.reason as kind, s.role_id as "roleId", r.name as "roleName", o.name as "heldAt", p.name as "portfolioName", g.display_name as "deputyFor",
      b.name as "unitName", s.customers::float as count
    from customers.seen_by(${userId}) s
      left join governance.role r on r.role_id = s.role_id left join governance.organisation_unit o on o.unit_id = s.held_at
      left join governance.organisation_unit b on b.unit_id = s.unit_id
      left join governance.portfolio p on p.portfolio_id = s.portfolio_id left join governance.app_user g on g.user_id = s.from_user_id
    order by s.customers desc, b.name, p.name limit ${COUNTS_MAX}`.execute(tx);
  return rows;
}

/** null when there is no such person. */
export async function countSeen(tx: Tx, userId: string): Promise<number | null> {
  const { rows } = await sql<{ count: number }>`
    select customers.seen_in_all_by(user_id)::float as count from governance.app_user where user_id = ${userId} and login <> 'operator'`.execute(
    tx,
  );
  return rows[0]?.count ?? null;
}
