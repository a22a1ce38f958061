import type { Caller, UserId } from "../../platform/caller/index.ts";
import { prepared, sql, type Tx } from "../../platform/db/index.ts";
import type { Amount, Description } from "./act.ts";
import { APPROVALS_MAX, type Approval, type ApprovalState } from "./contract.ts";

/** null: there is no policy for the act. */
export async function approversNeeded(tx: Tx, action: string, amount: Amount | null): Promise<number | null> {
  const { rows } = await sql<{ needed: number | null }>`
    select governance.approvers_needed(${action}, ${amount?.minor ?? null}::bigint, ${amount?.currency ?? null}) as needed`.execute(tx);
  return rows[0]?.needed ?? null;
}

export interface NewRequest {
  readonly requestId: string;
  readonly action: string;
  readonly makerId: string;
  readonly reason: string;
  readonly payload: string;
  readonly payloadHash: Buffer;
  readonly description: Description;
  readonly difference: string;
  readonly amount: Amount | null;
}

/** Level, approvers and terms come from the policy by a trigger. */
export async function insertRequest(tx: Tx, request: NewRequest): Promise<void> {
  const { about, subjectKind, subjects, unitId } = request.description;
  await sql`
    insert into governance.approval_request (request_id, action, maker_id, unit_id, about, reason, payload, payload_sha256, subject_kind, subject_ids,
      subject_versions, difference, amount_minor, currency)
    values (${request.requestId}, ${request.action}, ${request.makerId}, ${unitId}, ${about}, ${request.reason}, ${request.payload}, ${request.payloadHash},
      ${subjectKind}, ${subjects.map(({ id }) => id)}::uuid[], ${subjects.map(({ version }) => version)}::text[], ${request.difference},
      ${request.amount?.minor ?? null}, ${request.amount?.currency ?? null})`.execute(tx);
}

const approval =
  sql.raw(`r.request_id as "requestId", r.action, r.about, r.reason, r.maker_id as "makerId", coalesce(m.display_name, '') as "makerName",
  case when r.state = 'waiting' and r.expires_at <= now() then 'expired' else r.state end as state, r.amount_minor as "amountMinor", r.currency, r.level,
  r.level > r.first_level as escalated, r.approvers,
  (select count(*) from governance.approval_decision d where d.request_id = r.request_id and d.approves)::int as approved,
  r.asked_at as "askedAt", r.escalate_at as "escalateAt", r.expires_at as "expiresAt", r.closed_at as "closedAt"`);
const from = sql.raw("governance.approval_request r left join governance.app_user m on m.user_id = r.maker_id");

export async function listToDecide(tx: Tx): Promise<Approval[]> {
  const { rows } = await sql<Approval>`${prepared}
    select ${approval} from ${from} where r.request_id = any ((select governance.approvals_to_decide())::uuid[])
    order by r.request_id limit ${APPROVALS_MAX}`.execute(tx);
  return rows;
}

export async function listAsked(tx: Tx, makerId: string): Promise<Approval[]> {
  const { rows } = await sql<Approval>`${prepared}
    select ${approval} from ${from} where r.maker_id = ${makerId} order by r.state <> 'waiting', r.request_id desc limit ${APPROVALS_MAX}`.execute(
    tx,
  );
  return rows;
}

export async function listDecided(tx: Tx, deciderId: string): Promise<Approval[]> {
  const { rows } = await sql<Approval>`${prepared}
    select ${approval} from ${from}
    where r.request_id in (select d.request_id from governance.approval_decision d where d.decider_id = ${deciderId} order by d.request_id desc limit ${APPROVALS_MAX})
    order by r.request_id desc limit ${APPROVALS_MAX}`.execute(tx);
  return rows;
}

export interface StoredRequest extends Approval {
  readonly payload: string;
  readonly payloadHash: Buffer;
  readonly difference: string;
  readonly hash: string;
  readonly subjects: readonly { readonly id: string; readonly version: string }[];
  readonly mayDecide: boolean;
}

/** null also where the caller has nothing to do with it. */
export async function findRequest(tx: Tx, requestId: string): Promise<StoredRequest | null> {
  const { rows } = await sql<Omit<StoredRequest, "subjects"> & { ids: string[]; versions: string[] }>`
    select ${approval}, r.payload, r.payload_sha256 as "payloadHash", r.difference, encode(governance.approval_hash(r), 'hex') as hash,
      r.subject_ids as ids, r.subject_versions as versions, r.request_id = any ((select governance.approvals_to_decide())::uuid[]) as "mayDecide"
    from ${from} where r.request_id = ${requestId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return null;
  const { ids, versions, ...request } = row;
  return { ...request, subjects: ids.map((id, place) => ({ id, version: versions[place] ?? "" })) };
}

export interface DecisionRow {
  readonly deciderName: string;
  readonly behalfOfName: string | null;
  readonly approves: boolean;
  readonly note: string;
  readonly decidedAt: Date;
}

export async function listDecisions(tx: Tx, requestId: string): Promise<DecisionRow[]> {
  const { rows } = await sql<DecisionRow>`
    select coalesce(u.display_name, '') as "deciderName", b.display_name as "behalfOfName", d.approves, d.note, d.decided_at as "decidedAt"
    from governance.approval_decision d left join governance.app_user u on u.user_id = d.decider_id left join governance.app_user b on b.user_id = d.behalf_of
    where d.request_id = ${requestId} order by d.decided_at limit 10`.execute(tx);
  return rows;
}

export type DecideOutcome = "not_found" | "own" | "closed" | "unseen" | "decided" | "waiting" | "refused" | "approved";

/** Decision, trail and news in one; the request is locked until the end of the transaction. */
export async function decide(
  tx: Tx,
  requestId: string,
  decision: { approve: boolean; hash: string; note: string },
): Promise<DecideOutcome> {
  const { rows } = await sql<{ outcome: DecideOutcome }>`
    select governance.decide_approval(${requestId}, ${decision.approve}, ${Buffer.from(decision.hash, "hex")}, ${decision.note}) as outcome`.execute(
    tx,
  );
  return rows[0]?.outcome ?? "not_found";
}

/**
 * Does `work` as the maker, with the maker's rights of now, in the transaction that has just completed the approval; the database allows it in no other.
 * `work` gets null when the maker's account is closed.
 */
export async function asMaker<T>(tx: Tx, requestId: string, decider: Caller, work: (maker: Caller | null) => Promise<T>): Promise<T> {
  const { rows } = await sql<{ own: string; maker: { userId: UserId; displayName: string; permissions: string[] } | null }>`
    with own as materialized (select current_setting('vinculo.context') as context)
    select own.context as own, governance.act_as_maker(${requestId}) as maker from own`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error("no context to come back to");
  const { userId, displayName, permissions } = row.maker ?? { userId: decider.userId, displayName: "", permissions: [] };
  try {
    return await work(row.maker === null ? null : { ...decider, userId, displayName, sessionId: null, permissions: new Set(permissions) });
  } finally {
    // After an SQL error nothing can be said in this transaction any more; its end takes the context with it.
    await sql`select set_config('vinculo.context', ${row.own}, true)`.execute(tx).catch(() => undefined);
  }
}

export interface LatestRow {
  readonly about: string;
  readonly requestId: string;
  readonly state: ApprovalState;
  readonly makerName: string | null;
  readonly askedAt: Date;
  readonly closedAt: Date | null;
  readonly deciderName: string | null;
  readonly note: string | null;
}

/** Of 500 things at most. */
export async function listLatest(tx: Tx, action: string, abouts: readonly string[]): Promise<LatestRow[]> {
  const { rows } = await sql<LatestRow>`
    select about, request_id as "requestId", state, maker_name as "makerName", asked_at as "askedAt", closed_at as "closedAt", decider_name as "deciderName", note
    from governance.latest_approvals(${action}, ${abouts}::text[])`.execute(tx);
  return rows;
}

export async function outdate(tx: Tx, requestId: string): Promise<void> {
  await sql`select governance.outdate_approval(${requestId})`.execute(tx);
}

export async function withdraw(tx: Tx, requestId: string): Promise<"not_found" | "closed" | "done"> {
  const { rows } = await sql<{ outcome: "not_found" | "closed" | "done" }>`
    select governance.withdraw_approval(${requestId}) as outcome`.execute(tx);
  return rows[0]?.outcome ?? "not_found";
}

/** On the worker: escalates and expires what waits too long. How many. */
export async function moveApprovals(tx: Tx): Promise<number> {
  const { rows } = await sql<{ moved: number }>`select governance.move_approvals() as moved`.execute(tx);
  return rows[0]?.moved ?? 0;
}
