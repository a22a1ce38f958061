import { describe, expect } from "vitest";
import { z } from "zod";
import { test } from "../../../tests/support/database.ts";
import { bankUnit, givenPerson, givenProof, givenSession, givenUnit } from "../../../tests/support/given.ts";
import type { Caller } from "../../platform/caller/index.ts";
import { type Clock, systemClock } from "../../platform/clock/index.ts";
import { inTransaction, sql, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { actsOf, defineAct } from "./act.ts";
import { decideApproval } from "./decide-approval.ts";
import { changePolicyAct } from "./policies.ts";
import { listApprovals, readApproval, renewApproval, withdrawApproval } from "./read-approvals.ts";
import { requestApproval } from "./request-approval.ts";
import { findRequest, moveApprovals } from "./store.ts";

/** An act of the tests: gives a unit another name. */
const renameAct = defineAct({
  action: "unit.renamed",
  permission: "organisation:manage",
  payload: z.strictObject({ unitId: z.uuid(), name: z.string() }),
  async describe(tx, _viewer, { unitId, name }) {
    const unit = await findUnit(tx, unitId);
    if (unit === null) throw new DomainError("not_found", "no such unit");
    const difference = [{ label: "people:name", before: unit.name, after: name, as: "text" as const }];
    return { about: unit.name, subjectKind: "unit", subjects: [{ id: unitId, version: String(unit.version) }], unitId: null, difference };
  },
  async execute(tx, maker, { unitId, name }) {
    permit(maker, "organisation:manage");
    await sql`update governance.organisation_unit set name = ${name}, version = version + 1 where unit_id = ${unitId}`.execute(tx);
    await record(tx, { caller: maker, action: "unit.renamed", subjectKind: "unit", subjectIds: [unitId] });
  },
});
const acts = actsOf([renameAct, changePolicyAct]);
const clock: Clock = systemClock;
const note = "looked at it";

async function findUnit(tx: Tx, unitId: string) {
  const { rows } = await sql<{ name: string; version: number }>`
    select name, version from governance.organisation_unit where unit_id = ${unitId}`.execute(tx);
  return rows[0] ?? null;
}

async function givenPolicy(tx: Tx, { deputies = true, approvers = 1 } = {}) {
  await sql`insert into governance.approval_policy (action, currency, deputies, escalate_after_hours) values ('unit.renamed', 'EUR', ${deputies}, 8)
    on conflict do nothing`.execute(tx);
  await sql`insert into governance.approval_level (action, level, duties, amount_max_minor, approvers) values
    ('unit.renamed', 1, '{compliance_officer}', 10000, ${approvers}), ('unit.renamed', 2, '{audit:read}', null, ${approvers}) on conflict do nothing`.execute(
    tx,
  );
}

async function world(tx: Tx, policy = {}) {
  await givenPolicy(tx, policy);
  const bank = await bankUnit(tx);
  const unit = await givenUnit(tx, "branch", null);
  const [maker, officer, auditor] = [
    await givenSession(tx, await givenPerson(tx, "administrator", bank)),
    await givenSession(tx, await givenPerson(tx, "compliance_officer", bank)),
    await givenSession(tx, await givenPerson(tx, "auditor", bank)),
  ];
  return { bank, unit, maker, officer, auditor };
}

const ask = (tx: Tx, maker: Caller, unitId: string, amount?: bigint) =>
  requestApproval(tx, maker, clock, renameAct, {
    payload: { unitId, name: "New name" },
    reason: "the branch moved",
    ...(amount === undefined ? {} : { amount: { minor: amount, currency: "EUR" } }),
  }).then(({ requestId }) => requestId ?? "");

/** Decides what is stored, with the proof given. */
async function decide(admin: Tx, caller: Caller, requestId: string, approve = true) {
  const hash = (await findRequest(admin, requestId))?.hash ?? "";
  if (approve)
    await givenProof(admin, caller, { action: "approval.approved", subjectIds: [requestId], payload: { act: "unit.renamed", hash } });
  return (act: (work: (own: Tx) => Promise<unknown>) => Promise<unknown>) =>
    act((own) => decideApproval(own, caller, clock, acts, { requestId, approve, note, hash }));
}

const told = async (tx: Tx, person: Caller) =>
  (
    await sql<{
      kind: string;
    }>`select kind from governance.notification where person_id = ${person.userId} order by notification_id`.execute(tx)
  ).rows.map(({ kind }) => kind);

describe("a request", () => {
  test("is carried out as it was asked, in the name of the maker, when somebody else agrees", async ({ tx, as }) => {
    const { unit, maker, officer } = await world(tx);
    const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
    expect((await findUnit(tx, unit.unitId))?.name).toBe(unit.code);
    expect((await as(officer, (own) => listApprovals(own, officer, "to_decide"))).approvals).toMatchObject([
      { requestId, state: "waiting" },
    ]);
    const shown = await as(officer, (own) => readApproval(own, officer, acts, requestId));
    expect(shown).toMatchObject({
      mayDecide: true,
      own: false,
      targetChanged: false,
      difference: [{ before: unit.code, after: "New name" }],
    });
    const act = await decide(tx, officer, requestId);
    expect(await act((work) => as(officer, work))).toEqual({ state: "approved" });
    expect((await findUnit(tx, unit.unitId))?.name).toBe("New name");
    const { rows } = await sql<{ action: string; actor: string }>`
      select action, actor_id as actor from governance.audit_event where request_id in (${officer.requestId}, ${maker.requestId}) order by event_id`.execute(
      tx,
    );
    expect(rows).toEqual([
      { action: "approval.asked", actor: maker.userId },
      { action: "approval.viewed", actor: officer.userId },
      { action: "approval.approved", actor: officer.userId },
      { action: "unit.renamed", actor: maker.userId },
    ]);
    expect([await told(tx, officer), await told(tx, maker)]).toEqual([["approval_asked"], ["approval_approved"]]);
    await expect(act((work) => as(officer, work))).rejects.toMatchObject({ code: /step_up_needed|conflict/ });
  });

  test("AC-33: is not approved without a proof for exactly what was shown", async ({ tx, as }) => {
    const { unit, maker, officer } = await world(tx);
    const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
    const hash = (await findRequest(tx, requestId))?.hash ?? "";
    const attempt = (seen: string, who = officer) =>
      as(who, (own) => decideApproval(own, who, clock, acts, { requestId, approve: true, note, hash: seen }));
    await expect(attempt(hash)).rejects.toMatchObject({ code: "step_up_needed" });
    const other = "0".repeat(64);
    await givenProof(tx, officer, { action: "approval.approved", subjectIds: [requestId], payload: { act: "unit.renamed", hash: other } });
    await expect(attempt(hash)).rejects.toMatchObject({ code: "step_up_needed" });
    await expect(attempt(other)).rejects.toMatchObject({ code: "conflict", detail: { reason: "unseen" } });
    await expect(attempt(hash, { ...officer, sessionId: null })).rejects.toMatchObject({ code: "not_allowed" });
    expect((await findUnit(tx, unit.unitId))?.name).toBe(unit.code);
  });

  test("whose target changed is closed undone, and can be asked for again as things are", async ({ tx, as }) => {
    const { unit, maker, officer } = await world(tx);
    const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
    await sql`update governance.organisation_unit set version = version + 1 where unit_id = ${unit.unitId}`.execute(tx);
    expect(await as(officer, (own) => readApproval(own, officer, acts, requestId))).toMatchObject({ targetChanged: true });
    const act = await decide(tx, officer, requestId);
    expect(await act((work) => as(officer, work))).toEqual({ state: "changed" });
    expect((await findUnit(tx, unit.unitId))?.name).toBe(unit.code);
    expect(await told(tx, maker)).toEqual(["approval_changed"]);
    const again = await as(maker, (own) => renewApproval(own, maker, clock, acts, requestId));
    expect(again).toMatchObject({ state: "waiting" });
    const act2 = await decide(tx, officer, again.requestId ?? "");
    expect(await act2((work) => as(officer, work))).toEqual({ state: "approved" });
  });

  test("of a maker who lost the right, or the account, is not carried out", async ({ tx, as }) => {
    const { unit, maker, officer } = await world(tx);
    const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
    await sql`delete from governance.role_assignment where user_id = ${maker.userId}`.execute(tx);
    expect(await (await decide(tx, officer, requestId))((work) => as(officer, work))).toEqual({ state: "changed" });
    expect((await findUnit(tx, unit.unitId))?.name).toBe(unit.code);
  });

  test("cannot be changed after it was asked, not by its maker and not past the verbs", async ({ tx, as }) => {
    const { unit, maker, officer } = await world(tx);
    const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
    for (const statement of [
      sql`update governance.approval_request set payload = '{}'`,
      sql`update governance.approval_request set state = 'approved', closed_at = now()`,
      sql`insert into governance.approval_decision (request_id, decider_id, approves, note) values (${requestId}, ${officer.userId}, true, 'mine')`,
      sql`select governance.act_as_maker(${requestId})`,
    ])
      for (const who of [maker, officer]) await expect(as(who, (own) => statement.execute(own))).rejects.toMatchObject({ code: "42501" });
    // Not even who owns the tables.
    for (const statement of [
      sql`update governance.approval_request set payload = '{"unitId": 1}', payload_sha256 = sha256('{"unitId": 1}')`,
      sql`update governance.approval_request set amount_minor = 5, currency = 'EUR'`,
    ]) {
      await sql`savepoint tampering`.execute(tx);
      await expect(statement.execute(tx)).rejects.toMatchObject({ code: "42501" });
      await sql`rollback to savepoint tampering`.execute(tx);
    }
  });

  test("that was withdrawn, refused, expired or approved stays closed", async ({ tx, as }) => {
    const { unit, maker, officer } = await world(tx);
    const close = {
      withdrawn: async (id: string) => as(maker, (own) => withdrawApproval(own, id)),
      refused: async (id: string) => (await decide(tx, officer, id, false))((work) => as(officer, work)),
      expired: async (id: string) => {
        await sql`alter table governance.approval_request disable trigger keep_approval_request`.execute(tx);
        await sql`update governance.approval_request set expires_at = now() - interval '1 second' where request_id = ${id}`.execute(tx);
        await sql`alter table governance.approval_request enable trigger keep_approval_request`.execute(tx);
        await as(maker, moveApprovals, { role: "worker" });
      },
    };
    for (const [state, end] of Object.entries(close)) {
      const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
      await end(requestId);
      expect((await findRequest(tx, requestId))?.state).toBe(state);
      await expect(
        (await decide(tx, officer, requestId))((work) => as(officer, work)),
        state,
      ).rejects.toMatchObject({
        code: /conflict|not_found/,
      });
      await expect(as(maker, (own) => withdrawApproval(own, requestId))).rejects.toMatchObject({ code: "invalid_state" });
    }
    expect((await findUnit(tx, unit.unitId))?.name).toBe(unit.code);
  });
});

describe("nobody approves their own", () => {
  test("not with the right in hand, not by a second account, not as a deputy of themselves, not by a deputy with their own right", async ({
    tx,
    as,
  }) => {
    const { bank, unit, maker, officer } = await world(tx);
    const second = await givenSession(tx, await givenPerson(tx, "compliance_officer", bank));
    const deputy = await givenSession(tx, await givenPerson(tx, "relationship_manager", bank));
    const stranger = await givenSession(tx, await givenPerson(tx, "relationship_manager", bank));
    await sql`update governance.app_user set email = case user_id when ${maker.userId} then 'Maria@bank.example' else ' maria+2@BANK.example' end
      where user_id in (${maker.userId}, ${second.userId})`.execute(tx);
    // A maker who may decide, too: a role of the bank's own with both duties.
    await sql`insert into governance.role (role_id, name, built_in, permissions) values ('both', 'Both', false, '{organisation:manage,organisation:read}')`.execute(
      tx,
    );
    await sql`update governance.approval_level set duties = '{compliance_officer,both}' where action = 'unit.renamed'`.execute(tx);
    const both = await givenSession(tx, await givenPerson(tx, "both", bank));
    await sql`insert into governance.delegation (from_user_id, to_user_id, role_ids, valid_from, valid_until, reason, created_by) values
      (${officer.userId}, ${deputy.userId}, '{compliance_officer}', current_date - 1, current_date + 9, 'on leave', ${officer.userId}),
      (${second.userId}, ${stranger.userId}, '{compliance_officer}', current_date - 1, current_date + 9, 'on leave', ${second.userId})`.execute(
      tx,
    );
    const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
    const own = await as(both, (tx2) => ask(tx2, both, unit.unitId));
    const attempts: [string, Caller, string][] = [
      ["maker", maker, requestId],
      ["maker with the duty", both, own],
      ["second account", second, requestId],
      ["deputy of the second account", stranger, requestId],
    ];
    for (const [disguise, who, id] of attempts)
      await expect(
        (await decide(tx, who, id))((work) => as(who, work)),
        disguise,
      ).rejects.toMatchObject({ code: /invalid_state|not_found/ });
    for (const [disguise, who, id] of attempts)
      expect(
        (await as(who, (tx2) => sql<{ o: string }>`select governance.decide_approval(${id}, true, '\\x00', 'let me') as o`.execute(tx2)))
          .rows[0]?.o,
        `past the verb: ${disguise}`,
      ).toMatch(/^(own|not_found)$/);
    expect((await findUnit(tx, unit.unitId))?.name).toBe(unit.code);
    expect(await (await decide(tx, deputy, requestId))((work) => as(deputy, work))).toEqual({ state: "approved" });
  });

  test("and a deputy is one voice with who they stand in for", async ({ tx, as }) => {
    const { bank, unit, maker, officer } = await world(tx, { approvers: 2 });
    const deputy = await givenSession(tx, await givenPerson(tx, "relationship_manager", bank));
    const third = await givenSession(tx, await givenPerson(tx, "compliance_officer", bank));
    await sql`insert into governance.delegation (from_user_id, to_user_id, role_ids, valid_from, valid_until, reason, created_by) values
      (${officer.userId}, ${deputy.userId}, '{compliance_officer}', current_date - 1, current_date + 9, 'on leave', ${officer.userId})`.execute(
      tx,
    );
    const requestId = await as(maker, (own) => ask(own, maker, unit.unitId));
    expect(await (await decide(tx, deputy, requestId))((work) => as(deputy, work))).toEqual({ state: "waiting" });
    await expect((await decide(tx, officer, requestId))((work) => as(officer, work))).rejects.toMatchObject({
      code: "conflict",
      detail: { reason: "decided" },
    });
    expect(await (await decide(tx, third, requestId))((work) => as(third, work))).toEqual({ state: "approved" });
  });
});

test("who is asked follows the amount; what nobody decides goes to the next level, and not to others", async ({ tx, as }) => {
  const { unit, maker, officer, auditor } = await world(tx);
  const inbox = async (who: Caller) => (await as(who, (own) => listApprovals(own, who, "to_decide"))).approvals.length;
  const small = await as(maker, (own) => ask(own, maker, unit.unitId, 10_000n));
  expect([await inbox(officer), await inbox(auditor)]).toEqual([1, 0]);
  await as(maker, (own) => withdrawApproval(own, small));
  const large = await as(maker, (own) => ask(own, maker, unit.unitId, 10_001n));
  expect([await inbox(officer), await inbox(auditor)]).toEqual([0, 1]);
  await as(maker, (own) => withdrawApproval(own, large));
  const late = await as(maker, (own) => ask(own, maker, unit.unitId));
  await sql`update governance.approval_request set escalate_at = now() - interval '1 minute' where request_id = ${late}`.execute(tx);
  expect(await as(maker, moveApprovals, { role: "worker" })).toBe(1);
  expect([await inbox(officer), await inbox(auditor), await told(tx, auditor)]).toEqual([1, 1, ["approval_asked", "approval_escalated"]]);
  const { rows } = await sql<{
    at: string;
  }>`select v.start || ' ' || to_char(governance.working_hours_later(v.start::timestamptz, v.hours) at time zone 'UTC', 'Dy HH24:MI') as at
    from (values ('2026-03-13T16:00Z', 2), ('2026-03-14T12:00Z', 8), ('2026-03-16T03:00Z', 20)) v (start, hours)`.execute(tx);
  expect(rows.map(({ at }) => at.split("Z ")[1])).toEqual(["Mon 10:00", "Mon 17:00", "Wed 13:00"]);
});

test("a policy is changed with four eyes, never below what the product asks", async ({ tx, as }) => {
  const { bank, maker } = await world(tx);
  const other = await givenSession(tx, await givenPerson(tx, "administrator", bank));
  const change = {
    version: 1,
    currency: null,
    deputies: false,
    escalateAfterHours: null,
    expireAfterHours: 24,
    levels: [{ duties: ["compliance_officer"], amountMaxMinor: null, approvers: 0 }],
  };
  const wish = (action: string, wanted = change) =>
    as(maker, (own) => requestApproval(own, maker, clock, changePolicyAct, { payload: { action, change: wanted }, reason: "fewer steps" }));
  await expect(wish("approval_policy.changed")).rejects.toMatchObject({ detail: { reason: "too_few_approvers" } });
  const { requestId } = await wish("unit.renamed");
  const id = requestId ?? "";
  const hash = (await findRequest(tx, id))?.hash ?? "";
  await givenProof(tx, other, { action: "approval.approved", subjectIds: [id], payload: { act: "approval_policy.changed", hash } });
  expect(await as(other, (own) => decideApproval(own, other, clock, acts, { requestId: id, approve: true, note, hash }))).toEqual({
    state: "approved",
  });
  // Nobody is asked any more: done at once.
  const unit = await givenUnit(tx, "branch", null);
  expect(
    await as(maker, (own) =>
      requestApproval(own, maker, clock, renameAct, { payload: { unitId: unit.unitId, name: "At once" }, reason: "agreed" }),
    ),
  ).toEqual({
    state: "done",
    requestId: null,
  });
  expect((await findUnit(tx, unit.unitId))?.name).toBe("At once");
});

test("of a hundred approvals at once exactly one carries it out", async ({ db, admin }) => {
  const given = await admin.transaction().execute(async (tx) => {
    const { bank, unit, maker } = await world(tx);
    const officers = [];
    for (let n = 0; n < 5; n += 1) officers.push(await givenSession(tx, await givenPerson(tx, "compliance_officer", bank)));
    return { unit, maker, officers };
  });
  const requestId = await inTransaction(db, given.maker, (tx) => ask(tx, given.maker, given.unit.unitId));
  const hash = (await findRequest(admin as unknown as Tx, requestId))?.hash ?? "";
  await admin.transaction().execute(async (tx) => {
    for (const officer of given.officers)
      await givenProof(tx, officer, { action: "approval.approved", subjectIds: [requestId], payload: { act: "unit.renamed", hash } });
  });
  const attempts = Array.from({ length: 100 }, (_, n) => {
    const officer = given.officers[n % 5] as Caller;
    return inTransaction(db, officer, (tx) => decideApproval(tx, officer, clock, acts, { requestId, approve: true, note, hash })).then(
      ({ state }) => state,
      (error: { code?: string }) => error.code ?? "?",
    );
  });
  const outcomes = await Promise.all(attempts);
  expect(outcomes.filter((outcome) => outcome === "approved")).toHaveLength(1);
  expect(outcomes.filter((outcome) => !/^(approved|conflict|not_found|step_up_needed|unavailable)$/.test(outcome))).toEqual([]);
  const { rows } = await sql`select from governance.audit_event where action = 'unit.renamed' and actor_id = ${given.maker.userId}`.execute(
    admin,
  );
  expect(rows).toHaveLength(1);
});
