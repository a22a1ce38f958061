import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import { COMPARTMENTS_MAX, type Compartment, MEMBERS_MAX } from "./contract.ts";

type Json = Omit<Compartment["clearances"][number], "givenAt" | "endedAt"> & { givenAt: string; endedAt: string | null };

export async function listCompartments(tx: Tx): Promise<Compartment[]> {
  const { rows } = await sql<Omit<Compartment, "clearances"> & { clearances: Json[] }>`
    select c.compartment_id::int as "compartmentId", c.kind, c.code, c.name, c.conflict_set as "conflictSet", c.opened_at as "openedAt", c.seals,
      coalesce((
        select json_agg(json_build_object('clearanceId', m.clearance_id, 'personId', m.person_id, 'personName', coalesce(p.display_name, ''), 'reason', m.reason,
          'givenByName', coalesce(g.display_name, ''), 'givenAt', m.given_at, 'endedByName', e.display_name, 'endedAt', m.ended_at))
        from (select * from governance.clearance m where m.compartment_id = c.compartment_id
            order by m.ended_at is not null, m.given_at desc, m.clearance_id limit ${MEMBERS_MAX}) m
          left join governance.app_user p on p.user_id = m.person_id left join governance.app_user g on g.user_id = m.given_by
          left join governance.app_user e on e.user_id = m.ended_by), '[]') as clearances
    from governance.compartment c order by c.kind = 'wall', c.compartment_id limit ${COMPARTMENTS_MAX}`.execute(tx);
  return rows.map((row) => ({
    ...row,
    clearances: row.clearances.map((clearance) => ({
      ...clearance,
      givenAt: new Date(clearance.givenAt),
      endedAt: clearance.endedAt === null ? null : new Date(clearance.endedAt),
    })),
  }));
}

export async function insertWall(tx: Tx, wall: { code: string; name: string; conflictSet: string | null; by: string }): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into governance.compartment (kind, code, name, conflict_set, opened_by)
    values ('wall', ${wall.code}, ${wall.name}, ${wall.conflictSet}, ${wall.by}) returning compartment_id::int as id`.execute(tx);
  return rows[0]?.id ?? 0;
}

/** null when there is no such compartment for the caller. */
export async function findCompartment(tx: Tx, compartmentId: number): Promise<{ kind: Compartment["kind"]; code: string } | null> {
  const { rows } = await sql<{ kind: Compartment["kind"]; code: string }>`${prepared}
    select kind, code from governance.compartment where compartment_id = ${compartmentId}`.execute(tx);
  return rows[0] ?? null;
}

export async function isActivePerson(tx: Tx, personId: string): Promise<boolean> {
  const { rows } = await sql`select from governance.app_user where user_id = ${personId} and active`.execute(tx);
  return rows.length > 0;
}

export interface NewClearance {
  readonly clearanceId: string;
  readonly compartmentId: number;
  readonly personId: string;
  readonly reason: string;
  readonly by: string;
}

export async function insertClearance(tx: Tx, { clearanceId, compartmentId, personId, reason, by }: NewClearance): Promise<void> {
  await sql`
    insert into governance.clearance (clearance_id, compartment_id, person_id, reason, given_by)
    values (${clearanceId}, ${compartmentId}, ${personId}, ${reason}, ${by})`.execute(tx);
}

/** Whose it was; null when there is none in force. */
export async function endClearance(tx: Tx, clearanceId: string, by: string): Promise<{ personId: string; compartmentId: number } | null> {
  const { rows } = await sql<{ personId: string; compartmentId: number }>`
    update governance.clearance set ended_by = ${by}, ended_at = now() where clearance_id = ${clearanceId} and ended_at is null
    returning person_id as "personId", compartment_id::int as "compartmentId"`.execute(tx);
  return rows[0] ?? null;
}

/** null when nobody has the login. */
export async function findPersonByLogin(tx: Tx, login: string): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`select user_id as id from governance.app_user where login = ${login} and active`.execute(tx);
  return rows[0]?.id ?? null;
}

/** The compartments there are from the first day: one of each kind but walls. */
export async function findCompartmentOf(tx: Tx, kind: "vip" | "staff"): Promise<number> {
  const { rows } = await sql<{ id: number }>`select compartment_id::int as id from governance.compartment where kind = ${kind}`.execute(tx);
  return rows[0]?.id ?? 0;
}
