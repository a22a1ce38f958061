import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import { NOTICES_MAX, type PersonalNotice } from "./contract.ts";

export async function listNotices(tx: Tx, personId: string): Promise<PersonalNotice[]> {
  const { rows } = await sql<PersonalNotice>`${prepared}
    select notification_id as "noticeId", kind, detail, at, read_at is not null as read from governance.notification
    where person_id = ${personId} order by notification_id desc limit ${NOTICES_MAX}`.execute(tx);
  return rows;
}

export async function readNotices(tx: Tx, personId: string, upTo: string): Promise<void> {
  await sql`
    update governance.notification set read_at = now() where person_id = ${personId} and notification_id <= ${upTo} and read_at is null`.execute(
    tx,
  );
}

/** Tells everybody who looks after this installation (permission key:manage). As the installation itself, under the worker's login. */
export async function tellOperators(tx: Tx, kind: string, detail: Readonly<Record<string, string>>): Promise<void> {
  await sql`select governance.tell(array(select governance.holders('key:manage')), ${kind}, ${JSON.stringify(detail)}::jsonb)`.execute(tx);
}
