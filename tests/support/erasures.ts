import { approveErasureAct } from "../../server/customers/erasure/erasure-act.ts";
import { approveErasure, openErasure } from "../../server/customers/erasure/erasures.ts";
import { actsOf, decideApproval } from "../../server/governance/approvals/index.ts";
import { personalData } from "../../server/main/personal-data.ts";
import type { Caller } from "../../server/platform/caller/index.ts";
import { systemClock } from "../../server/platform/clock/index.ts";
import { columnsOf } from "../../server/platform/data-map/index.ts";
import { type Db, inTransaction, sql } from "../../server/platform/db/index.ts";
import { bankUnit, givenPerson, givenProof, givenSession } from "./given.ts";

export const classified = columnsOf(personalData);
const acts = actsOf([approveErasureAct]);

export interface ErasureWorld {
  readonly db: Db;
  readonly admin: Db["app"];
  readonly officer: Caller;
  readonly second: Caller;
}

/** Everything commits: the erasure opens transactions of its own. */
export async function erasureWorld(db: Db, admin: Db["app"]): Promise<ErasureWorld> {
  return admin.transaction().execute(async (tx) => {
    const bank = await bankUnit(tx);
    // The queue is there, and nobody works on it: the tests say when.
    await sql`select jobs.create_queue('erase_customer', '{"policy": "standard", "partition": "false"}') where not exists (select from jobs.queue where name = 'erase_customer')`.execute(
      tx,
    );
    return {
      db,
      admin,
      officer: await givenSession(tx, await givenPerson(tx, "privacy_officer", bank)),
      second: await givenSession(tx, await givenPerson(tx, "compliance_officer", bank)),
    };
  });
}

/** Asked by one person, agreed to by another: the customer is restricted, and nothing is erased yet. */
export async function openAndApprove({ db, admin, officer, second }: ErasureWorld, customerNo: string): Promise<string> {
  const wish = { customerNo, receivedOn: "2026-01-02", evidence: "letter with a copy of the passport" };
  const { erasureId } = await openErasure({ db, caller: officer, clock: systemClock, columns: classified }, wish);
  const { requestId } = await inTransaction(db, officer, (tx) => approveErasure(tx, officer, systemClock, erasureId, "all terms are over"));
  const id = requestId ?? "";
  const hash = await hashOf(admin, id);
  const proof = { action: "approval.approved", subjectIds: [id], payload: { act: "customer.erasure_approved", hash } };
  await admin.transaction().execute((tx) => givenProof(tx, second, proof));
  const { state } = await inTransaction(db, second, (tx) =>
    decideApproval(tx, second, systemClock, acts, { requestId: id, approve: true, note: "checked the terms", hash }),
  );
  if (state !== "approved") throw new Error(`the erasure is ${state}`);
  return erasureId;
}

async function hashOf(admin: Db["app"], requestId: string): Promise<string> {
  const { rows } = await sql<{ hash: string }>`
    select encode(governance.approval_hash(r), 'hex') as hash from governance.approval_request r where request_id = ${requestId}`.execute(
    admin,
  );
  return rows[0]?.hash ?? "";
}

/** Every table of the database in which one of the texts stands, whatever the column; of bytes that is their hexadecimal form. */
export async function tablesWith(admin: Db["app"], ...texts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema$)' order by 1`.execute(admin);
  const looks = rows.map(
    ({ name }) => sql`
      select ${name}::text as name where exists (
        select from ${sql.raw(name)} t cross join unnest(${texts}::text[]) as x (text) where strpos(lower(t::text), lower(x.text)) > 0)`,
  );
  const found = await sql<{ name: string }>`${sql.join(looks, sql` union all `)}`.execute(admin);
  return found.rows.map(({ name }) => name);
}
