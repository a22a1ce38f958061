import { sql, type Tx } from "../../../platform/db/index.ts";
import type { ExposureKind } from "../policy/contract.ts";
import type { Application, Judgement } from "./contract.ts";

// Everything here runs as the person who asks: row security decides what is there.

export async function mayProfile(tx: Tx, customerId: string): Promise<boolean> {
  const { rows } = await sql<{ may: boolean }>`select customers.may_profile(${customerId}) as may`.execute(tx);
  return rows[0]?.may ?? false;
}

export interface NewApplication {
  readonly partyId: string;
  readonly applicationId: string;
  readonly customerId: string;
  readonly kind: ExposureKind;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly termMonths: number | null;
  readonly yearlyRate: number | null;
  readonly collateralMinor: bigint;
  readonly purpose: string;
  readonly judgement: Judgement;
  readonly suggestion: Application["suggestion"];
  readonly by: string;
}

export async function insertApplication(tx: Tx, one: NewApplication): Promise<void> {
  await sql`
    insert into intelligence.credit_application (party_id, application_id, customer_id, kind, currency, amount_minor, term_months, yearly_rate, collateral_minor, purpose,
      entered_by, judgement, suggestion)
    values (${one.partyId}, ${one.applicationId}, ${one.customerId}, ${one.kind}, ${one.currency}, ${one.amountMinor}, ${one.termMonths}, ${one.yearlyRate},
      ${one.collateralMinor}, ${one.purpose}, ${one.by}, ${JSON.stringify(one.judgement)}::jsonb, ${one.suggestion})`.execute(tx);
}

export type ApplicationRow = Omit<Application, "enteredByName" | "decidedByName" | "own"> & {
  readonly enteredBy: string;
  readonly decidedBy: string | null;
};

const columns = sql`a.party_id as "partyId", a.application_id as "applicationId", c.customer_id as "customerId", c.full_name as "fullName", c.customer_no as "customerNo",
  a.kind, a.currency, a.amount_minor as "amountMinor", a.term_months as "termMonths", a.yearly_rate::float8 as "yearlyRate", a.collateral_minor as "collateralMinor",
  a.purpose, a.entered_by as "enteredBy", a.entered_at as "enteredAt", a.judgement, a.suggestion, a.state, a.decided_by as "decidedBy", a.decided_at as "decidedAt",
  a.decision_reason as "decisionReason", a.approved_minor as "approvedMinor"`;
const tables = sql`intelligence.credit_application a join customers.published_party p using (party_id) join customers.published_customer c on c.customer_id = p.customer_id`;

export async function listApplications(
  tx: Tx,
  { state, customerId, max }: { state: string | null; customerId: string | null; max: number },
): Promise<ApplicationRow[]> {
  const { rows } = await sql<ApplicationRow>`
    select ${columns} from ${tables} where (${state}::text is null or a.state = ${state}) and (${customerId}::uuid is null or c.customer_id = ${customerId})
    order by a.entered_at desc, a.application_id limit ${max}`.execute(tx);
  return rows;
}

export async function findApplication(tx: Tx, applicationId: string): Promise<ApplicationRow | null> {
  const { rows } = await sql<ApplicationRow>`select ${columns} from ${tables} where a.application_id = ${applicationId}`.execute(tx);
  return rows[0] ?? null;
}

export interface Decision {
  readonly partyId: string;
  readonly applicationId: string;
  readonly state: "approved" | "declined" | "withdrawn";
  readonly reason: string;
  readonly approvedMinor: bigint | null;
  readonly by: string;
  readonly at: Date;
}

/** False when it is no longer open. */
export async function saveDecision(tx: Tx, decision: Decision): Promise<boolean> {
  const { rows } = await sql`
    update intelligence.credit_application set state = ${decision.state}, decided_by = ${decision.by}, decided_at = ${decision.at},
      decision_reason = ${decision.reason}, approved_minor = ${decision.approvedMinor}
    where party_id = ${decision.partyId} and application_id = ${decision.applicationId} and state = 'open' returning application_id`.execute(
    tx,
  );
  return rows.length > 0;
}
