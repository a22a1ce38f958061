import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { RelationNode, RoleLine } from "./contract.ts";
import type { KeptKind } from "./kinds/contract.ts";

// Everything here runs as the person who asks: row security decides what is there.

export interface FoundNode extends RelationNode {
  /** The oldest of its parties: what is entered on a customer hangs there. */
  readonly partyId: string;
}

/** Those of the customers that the caller may see, in order of their ids. */
export async function listNodes(tx: Tx, customerIds: readonly string[]): Promise<FoundNode[]> {
  const { rows } = await sql<FoundNode>`${prepared}
    select c.customer_id as "customerId", c.customer_no as "customerNo", c.kind, c.full_name as "fullName", c.latin_name as "latinName", c.language,
      (select p.party_id from customers.party p where p.customer_id = c.customer_id order by p.party_id limit 1) as "partyId"
    from customers.customer c where c.customer_id = any (${[...new Set(customerIds)]}::uuid[]) order by c.customer_id`.execute(tx);
  return rows;
}

export interface StatementRow {
  readonly relationId: string;
  readonly keptKind: KeptKind;
  /** Which side of the kept relation the customer is. */
  readonly side: "first" | "second";
  readonly otherId: string;
  readonly share: number | null;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly source: string | null;
  readonly enteredByName: string | null;
  readonly version: number;
}

/** All relations of a customer but those withdrawn, going on before ended, newest first. Sides that are one customer by now have none to each other. */
export async function listStatements(tx: Tx, customerId: string, max: number): Promise<StatementRow[]> {
  const { rows } = await sql<StatementRow>`${prepared}
    with own as materialized (select party_id from customers.party where customer_id = ${customerId}),
      told as (
        select r.*, 'first' as side, r.other_party_id as far from own join customers.party_relation r using (party_id)
        union all
        select r.*, 'second', r.party_id from own join customers.party_relation r on r.other_party_id = own.party_id)
    select t.relation_id as "relationId", t.kind as "keptKind", t.side, p.customer_id as "otherId", t.share::float8 as share, t.from_on as "fromOn",
      t.to_on as "toOn", s.name as source, u.display_name as "enteredByName", t.version
    from told t join customers.party p on p.party_id = t.far left join customers.source s on s.source_id = t.source_id
      left join governance.app_user u on u.user_id = t.entered_by
    where t.withdrawn_at is null and p.customer_id <> ${customerId}
    order by t.to_on desc nulls first, t.from_on desc nulls last, t.relation_id limit ${max}`.execute(tx);
  return rows;
}

export type RoleRow = Omit<RoleLine, "other"> & { readonly otherId: string };

/** Roles on accounts that are not closed which tie a customer to others. */
export async function listRoles(tx: Tx, customerId: string, max: number): Promise<RoleRow[]> {
  const { rows } = await sql<RoleRow>`${prepared}
    with own as materialized (
      select r.holding_id, r.role, r.party_id from customers.party p join customers.holding_role r using (party_id) where p.customer_id = ${customerId}
    ), tied as (
      select distinct r.role, 'other' as side, r.party_id as far, own.holding_id from own join customers.holding_role r using (holding_id)
      where own.role in ('owner', 'joint_owner') and (r.role <> 'owner' or own.role = 'joint_owner')
      union
      select distinct own.role, 'own', r.party_id, own.holding_id from own join customers.holding_role r using (holding_id)
      where own.role in ('authorised', 'guarantor', 'beneficiary') and r.role in ('owner', 'joint_owner'))
    select distinct case t.role when 'owner' then 'joint_owner' else t.role end as role, t.side, p.customer_id as "otherId", h.holding_id as "holdingId",
      h.kind as "holdingKind", h.number as "holdingNumber"
    from tied t join customers.party p on p.party_id = t.far join customers.holding h using (holding_id)
    where p.customer_id <> ${customerId} and h.status <> 'closed' order by 1, 2, 3, 4 limit ${max}`.execute(tx);
  return rows;
}

export interface EdgeRow {
  readonly from: string;
  readonly to: string;
  readonly kind: KeptKind;
  readonly share: number | null;
}

/** Relations in force of any of the customers, between customers. */
export async function listEdges(tx: Tx, customerIds: readonly string[], day: string, max: number): Promise<EdgeRow[]> {
  const { rows } = await sql<EdgeRow>`
    with own as materialized (select party_id from customers.party where customer_id = any (${customerIds}::uuid[])),
      told as (
        select r.* from own join customers.party_relation r using (party_id)
        union
        select r.* from own join customers.party_relation r on r.other_party_id = own.party_id)
    select a.customer_id as "from", b.customer_id as "to", t.kind, max(t.share)::float8 as share
    from told t join customers.party a on a.party_id = t.party_id join customers.party b on b.party_id = t.other_party_id
    where t.withdrawn_at is null and (t.from_on is null or t.from_on <= ${day}::date) and (t.to_on is null or t.to_on >= ${day}::date)
      and a.customer_id <> b.customer_id
    group by 1, 2, 3 order by 1, 2, 3 limit ${max}`.execute(tx);
  return rows;
}

export interface OwnershipRow {
  readonly owner: string;
  readonly owned: string;
  readonly share: number | null;
}

/**
 * Direct ownership in force: who holds shares in the companies, or what the companies hold. Of several records about one owner and one company
 * what a person entered comes first, then the source trusted most, then the newest.
 */
export async function listOwnership(tx: Tx, customerIds: readonly string[], towards: "owners" | "owned", day: string, max: number) {
  const [near, far] = towards === "owners" ? ["other_party_id", "party_id"] : ["party_id", "other_party_id"];
  const { rows } = await sql<OwnershipRow>`
    select distinct on (a.customer_id, b.customer_id) a.customer_id as owner, b.customer_id as owned, r.share::float8 as share
    from customers.party near join customers.party_relation r on r.${sql.ref(near)} = near.party_id
      join customers.party far on far.party_id = r.${sql.ref(far)}
      join customers.party a on a.party_id = r.party_id join customers.party b on b.party_id = r.other_party_id
      left join customers.source s on s.source_id = r.source_id
    where near.customer_id = any (${customerIds}::uuid[]) and far.customer_id <> near.customer_id and r.withdrawn_at is null
      and (r.kind = 'shareholder' or r.kind = 'parent_company')
      and (r.from_on is null or r.from_on <= ${day}::date) and (r.to_on is null or r.to_on >= ${day}::date)
    order by a.customer_id, b.customer_id, r.share is null, r.source_id is not null, s.trust desc, r.changed_at desc, r.relation_id limit ${max}`.execute(
    tx,
  );
  return rows;
}

/** Whom somebody declared to be a beneficial owner. */
export async function listDeclared(tx: Tx, customerId: string, day: string, max: number) {
  const { rows } = await sql<{ customerId: string; share: number | null }>`
    select a.customer_id as "customerId", max(r.share)::float8 as share
    from customers.party p join customers.party_relation r on r.other_party_id = p.party_id and r.kind = 'beneficial_owner'
      join customers.party a on a.party_id = r.party_id
    where p.customer_id = ${customerId} and r.withdrawn_at is null
      and (r.from_on is null or r.from_on <= ${day}::date) and (r.to_on is null or r.to_on >= ${day}::date)
    group by 1 order by 2 desc nulls last, 1 limit ${max}`.execute(tx);
  return rows;
}

export interface ShareRow {
  readonly relationId: string;
  readonly ownerId: string;
  readonly share: number;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly fromSource: boolean;
}

/** Every direct share in a company, of any time. */
export async function listShares(tx: Tx, companyId: string, max: number): Promise<ShareRow[]> {
  const { rows } = await sql<ShareRow>`
    select r.relation_id as "relationId", a.customer_id as "ownerId", r.share::float8 as share, r.from_on as "fromOn", r.to_on as "toOn",
      r.source_id is not null as "fromSource"
    from customers.party p join customers.party_relation r on r.other_party_id = p.party_id and r.kind = 'shareholder'
      join customers.party a on a.party_id = r.party_id
    where p.customer_id = ${companyId} and a.customer_id <> p.customer_id and r.share is not null and r.withdrawn_at is null
    order by r.relation_id limit ${max}`.execute(tx);
  return rows;
}

export interface NewRelation {
  readonly relationId: string;
  readonly partyId: string;
  readonly otherPartyId: string;
  readonly kind: KeptKind;
  readonly share: number | null;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly by: string;
}

export async function insertRelation(tx: Tx, relation: NewRelation): Promise<void> {
  await sql`
    insert into customers.party_relation (party_id, relation_id, other_party_id, kind, share, from_on, to_on, entered_by)
    values (${relation.partyId}, ${relation.relationId}, ${relation.otherPartyId}, ${relation.kind}, ${relation.share}, ${relation.fromOn}, ${relation.toOn}, ${relation.by})`.execute(
    tx,
  );
}

export interface StoredRelation {
  readonly relationId: string;
  readonly kind: KeptKind;
  readonly customerId: string;
  readonly otherId: string;
  readonly share: number | null;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly fromSource: boolean;
  readonly version: number;
}

export async function findRelation(tx: Tx, relationId: string): Promise<StoredRelation | null> {
  const { rows } = await sql<StoredRelation>`
    select r.relation_id as "relationId", r.kind, a.customer_id as "customerId", b.customer_id as "otherId", r.share::float8 as share, r.from_on as "fromOn",
      r.to_on as "toOn", r.source_id is not null as "fromSource", r.version
    from customers.party_relation r join customers.party a on a.party_id = r.party_id join customers.party b on b.party_id = r.other_party_id
    where r.relation_id = ${relationId} and r.withdrawn_at is null`.execute(tx);
  return rows[0] ?? null;
}

/** false when somebody changed it meanwhile. */
export async function updateRelation(
  tx: Tx,
  relation: Pick<StoredRelation, "relationId" | "version" | "share" | "fromOn" | "toOn">,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.party_relation set share = ${relation.share}, from_on = ${relation.fromOn}, to_on = ${relation.toOn}, changed_at = now(), version = version + 1
    where relation_id = ${relation.relationId} and version = ${relation.version} and withdrawn_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

/** false when somebody changed it meanwhile. */
export async function withdraw(tx: Tx, relationId: string, version: number): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.party_relation set withdrawn_at = now(), changed_at = now(), version = version + 1
    where relation_id = ${relationId} and version = ${version} and withdrawn_at is null`.execute(tx);
  return numAffectedRows === 1n;
}

/** Two people who change the owners of one company wait for each other, so that both reckon with what the other did. */
export async function lockOwners(tx: Tx, companyId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('customers.party_relation ' || ${companyId}::text, 0))`.execute(tx);
}
