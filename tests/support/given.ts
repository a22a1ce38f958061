import { sealIdentifiers } from "../../server/customers/identifiers/index.ts";
import { actionHash, type WeightyAct } from "../../server/governance/access/index.ts";
import type { Caller, SessionId, UserId } from "../../server/platform/caller/index.ts";
import { sql, type Tx } from "../../server/platform/db/index.ts";
import { newId } from "../../server/platform/ids/index.ts";

export interface GivenUnit {
  readonly unitId: string;
  readonly code: string;
}

/** Arranges rows as the administrator, past row-level security. Every name is unique to the call. */
export async function givenUnit(
  tx: Tx,
  kind: "region" | "branch" | "team",
  parent: GivenUnit | null,
  code = `U-${newId()}`,
): Promise<GivenUnit> {
  const { rows } = await sql<GivenUnit>`
    insert into governance.organisation_unit (parent_id, kind, code, name)
    values (coalesce(${parent?.unitId ?? null}::uuid, (select unit_id from governance.organisation_unit where kind = 'bank')), ${kind}, ${code}, ${code})
    returning unit_id as "unitId", code`.execute(tx);
  return rows[0] as GivenUnit;
}

export async function bankUnit(tx: Tx): Promise<GivenUnit> {
  const { rows } = await sql<GivenUnit>`select unit_id as "unitId", code from governance.organisation_unit where kind = 'bank'`.execute(tx);
  return rows[0] as GivenUnit;
}

/** A person with a role at a unit, as the caller of requests without a session of its own. */
export async function givenPerson(tx: Tx, roleId: string, unit: GivenUnit): Promise<Caller> {
  const userId = newId<"User">() as UserId;
  const login = `person-${userId}`;
  await sql`insert into governance.app_user (user_id, login, display_name, home_unit_id) values (${userId}, ${login}, ${login}, ${unit.unitId})`.execute(
    tx,
  );
  await sql`insert into governance.role_assignment (user_id, role_id, unit_id) values (${userId}, ${roleId}, ${unit.unitId})`.execute(tx);
  const { rows } = await sql<{ permissions: string[] }>`select permissions from governance.role where role_id = ${roleId}`.execute(tx);
  return {
    userId,
    displayName: login,
    sessionId: null as SessionId | null,
    permissions: new Set(rows[0]?.permissions ?? []),
    requestId: `test-${userId}`,
    ipAddress: null,
  };
}

export async function givenPortfolio(tx: Tx, unit: GivenUnit, owner: Caller | null): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into governance.portfolio (code, name, unit_id, owner_user_id) values (${`P-${newId()}`}, 'Portfolio', ${unit.unitId}, ${owner?.userId ?? null})
    returning portfolio_id as id`.execute(tx);
  return rows[0]?.id ?? "";
}

export interface GivenCustomer {
  readonly customerId: string;
  readonly partyId: string;
  readonly holdingId: string;
  readonly fullName: string;
}

export interface CustomerGiven {
  readonly fullName?: string;
  readonly branch?: GivenUnit | null;
  readonly portfolioId?: string | null;
  readonly assetsMinor?: bigint;
  readonly phone?: string;
  readonly nationalId?: string;
  readonly accountNumber?: string;
  /** Search terms of the name; default: its lower-case words. */
  readonly terms?: readonly string[];
}

/** A person known to one source, with an account, a balance, a transaction, a phone and a national id. */
export async function givenCustomer(tx: Tx, given: CustomerGiven = {}): Promise<GivenCustomer> {
  const [customerId, partyId, holdingId] = [newId(), newId(), newId()];
  const fullName = given.fullName ?? `Customer ${customerId}`;
  const branchId = given.branch?.unitId ?? null;
  const portfolioId = given.portfolioId ?? null;
  const sourceId = await givenSource(tx);
  const number = given.nationalId === undefined ? null : (await sealIdentifiers(tx)).seal(given.nationalId);
  const terms = [
    ...(given.terms ?? fullName.toLowerCase().split(" ")),
    ...(given.phone === undefined ? [] : [`p${given.phone.replaceAll(/\D/g, "")}`]),
    ...(given.accountNumber === undefined ? [] : [`a${given.accountNumber.toLowerCase()}`]),
    ...(given.nationalId === undefined ? [] : [`i${number?.blind.toString("hex")}`]),
    ...(branchId === null ? [] : [`@${branchId}`]),
    ...(portfolioId === null ? [] : [`%${portfolioId}`]),
  ];
  const assets = given.assetsMinor ?? 1000n;
  await sql`
    insert into customers.customer (customer_id, customer_no, kind, branch_id, portfolio_id, full_name, sort_name, currency, assets_minor, phone, party_count, holding_count, holding_kinds)
    values (${customerId}, ${`C-${customerId}`}, 'person', ${branchId}, ${portfolioId}, ${fullName}, ${fullName}, 'EUR', ${assets}, ${given.phone ?? null}, 1, 1, '{current_account}')`.execute(
    tx,
  );
  await sql`
    insert into customers.party (party_id, customer_id, source_id, source_key, kind, full_name, changed_at, load_no)
    values (${partyId}, ${customerId}, ${sourceId}, ${partyId}, 'person', ${fullName}, '2026-01-01', 1)`.execute(tx);
  await sql`insert into customers.identity_link (party_id, link_id, customer_id, decision, decided_by) values (${partyId}, ${newId()}, ${customerId}, 'first', ${newId()})`.execute(
    tx,
  );
  await sql`
    insert into customers.source_record (source_id, kind, source_key, party_id, row_id, content_hash, raw, load_no, line_no, seen_load_no)
    values (${sourceId}, 'party', ${partyId}, ${partyId}, ${partyId}, 1, ${JSON.stringify({ NAME: fullName })}::jsonb, 1, 2, 1)`.execute(
    tx,
  );
  if (given.phone !== undefined)
    await sql`
      insert into customers.contact_point (party_id, contact_point_id, source_id, kind, value, normalised, changed_at, load_no)
      values (${partyId}, ${newId()}, ${sourceId}, 'phone', ${given.phone}, ${given.phone}, '2026-01-01', 1)`.execute(tx);
  if (given.nationalId !== undefined && number !== null)
    await sql`
      insert into customers.identifier (party_id, identifier_id, source_id, scheme, sealed_value, blind, last4, verified, load_no)
      values (${partyId}, ${number.identifierId}, ${sourceId}, 'national_id', ${number.sealed}, ${number.blind}, ${given.nationalId.slice(-4)}, true, 1)`.execute(
      tx,
    );
  await sql`
    insert into customers.holding (party_id, holding_id, source_id, source_key, kind, number, currency, balance_minor, changed_at, load_no)
    values (${partyId}, ${holdingId}, ${sourceId}, ${holdingId}, 'current_account', ${given.accountNumber ?? null}, 'EUR', ${assets}, '2026-01-01', 1)`.execute(
    tx,
  );
  await sql`insert into customers.holding_role (party_id, holding_id, role, owner_party_id, source_id, load_no) values (${partyId}, ${holdingId}, 'owner', ${partyId}, ${sourceId}, 1)`.execute(
    tx,
  );
  await sql`
    insert into customers.balance (party_id, holding_id, kind, balance_on, amount_minor, currency, source_id, load_no)
    values (${partyId}, ${holdingId}, 'booked', '2026-01-31', ${assets}, 'EUR', ${sourceId}, 1)`.execute(tx);
  await sql`select customers.ensure_transaction_month('2026-01-15')`.execute(tx);
  await sql`
    insert into customers.transaction (party_id, booked_on, transaction_id, holding_id, amount_minor, line_no, load_no, source_id, currency, source_key, description)
    values (${partyId}, '2026-01-15', ${newId()}, ${holdingId}, ${assets}, 1, 1, ${sourceId}, 'EUR', ${newId()}, ${`Transfer of ${fullName}`})`.execute(
    tx,
  );
  await sql`insert into customers.search_entry (customer_id, terms) values (${customerId}, array_to_tsvector(${terms}::text[]))`.execute(
    tx,
  );
  return { customerId, partyId, holdingId, fullName };
}

/** Another number, or the same in another country, for the documents of a record. */
export async function givenNumber(tx: Tx, partyId: string, number: string, country: string | null): Promise<void> {
  const sealer = await sealIdentifiers(tx);
  const { rows } = await sql<{ id: string }>`select identifier_id as id from customers.identifier where party_id = ${partyId}`.execute(tx);
  for (const { id } of rows)
    await sql`
      update customers.identifier set country = ${country}, sealed_value = ${sealer.sealAs(id, number)}, blind = ${sealer.index.blind(number)}, last4 = right(${number}, 4),
        check_fails = customers.number_fails(scheme, ${country}, ${number}) where identifier_id = ${id}`.execute(tx);
}

async function givenSource(tx: Tx): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into customers.source (code, name) values ('given', 'Given') on conflict (code) do update set name = excluded.name returning source_id as id`.execute(
    tx,
  );
  return rows[0]?.id ?? 0;
}

/** The person signed in: acts that need a session, or a proof, can be done. */
export async function givenSession(tx: Tx, person: Caller): Promise<Caller> {
  const sessionId = newId<"Session">() as SessionId;
  await sql`insert into governance.session (session_id, token_hash, user_id, expires_at) values (${sessionId}, ${Buffer.from(sessionId)}, ${person.userId}, now() + interval '1 hour')`.execute(
    tx,
  );
  return { ...person, sessionId };
}

/** The proof that `requireStepUp` asks for, as if the person had given it. */
export async function givenProof(tx: Tx, caller: Caller, act: WeightyAct): Promise<void> {
  await sql`insert into governance.step_up (session_id, user_id, action_hash, method, proved_at, expires_at)
    values (${caller.sessionId}, ${caller.userId}, ${actionHash(act)}, 'password', '2000-01-01', 'infinity')`.execute(tx);
}
