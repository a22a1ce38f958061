import { sql, type Tx } from "../../platform/db/index.ts";
import type { ConsentBodies, ContactPurpose, Purpose } from "./contract.ts";
import { TEXT_VERSIONS_MAX } from "./contract.ts";

export type PurposeRow = Omit<Purpose, "bases" | "changedByName" | "text"> & {
  readonly changedBy: string | null;
  readonly textVersion: number | null;
  readonly publishedAt: Date | null;
};

export async function listPurposes(tx: Tx): Promise<PurposeRow[]> {
  const { rows } = await sql<PurposeRow>`
    select m.purpose, m.lawful_basis as "lawfulBasis", m.direct_marketing as "directMarketing", m.version, m.reason, m.changed_at as "changedAt",
      m.changed_by as "changedBy", t.version as "textVersion", t.published_at as "publishedAt"
    from customers.contact_purpose m left join lateral (
      select max(version) as version, max(published_at) as published_at from customers.consent_text t where t.purpose = m.purpose) t on true
    order by m.place limit 20`.execute(tx);
  return rows;
}

export interface TextVersion {
  readonly version: number;
  readonly publishedAt: Date;
  readonly publishedBy: string | null;
  readonly bodies: ConsentBodies;
}

/** Newest first. */
export async function listTextVersions(tx: Tx, purpose: ContactPurpose): Promise<TextVersion[]> {
  const { rows } = await sql<TextVersion>`
    select version, min(published_at) as "publishedAt", (array_agg(published_by))[1] as "publishedBy", jsonb_object_agg(locale, body) as bodies
    from customers.consent_text where purpose = ${purpose} group by version order by version desc limit ${TEXT_VERSIONS_MAX}`.execute(tx);
  return rows;
}

/** False: the version stands already. */
export async function insertText(tx: Tx, purpose: ContactPurpose, version: number, bodies: ConsentBodies, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into customers.consent_text (purpose, version, locale, body, published_by)
    select ${purpose}, ${version}::int, key, value, ${by}::uuid from jsonb_each_text(${JSON.stringify(bodies)}::jsonb)
    on conflict do nothing`.execute(tx);
  return numAffectedRows === BigInt(Object.keys(bodies).length);
}

export interface BasisChange {
  readonly purpose: ContactPurpose;
  readonly lawfulBasis: string;
  readonly version: number;
  readonly reason: string;
}

/** False: it has another version by now. */
export async function saveBasis(tx: Tx, { purpose, lawfulBasis, version, reason }: BasisChange, by: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update customers.contact_purpose set lawful_basis = ${lawfulBasis}, version = version + 1, reason = ${reason}, changed_by = ${by}, changed_at = now()
    where purpose = ${purpose} and version = ${version}`.execute(tx);
  return numAffectedRows === 1n;
}
