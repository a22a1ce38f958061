import type { z } from "zod";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import * as store from "./circle-store.ts";
import type * as contract from "./contract.ts";
import { requireCustomer, requireCustomers } from "./find-customer.ts";
import type { FoundNode } from "./relation-store.ts";
import { isInForce } from "./rules.ts";
import { dayOf } from "./today.ts";

type BodyOf<E extends { readonly body?: z.ZodType }> = z.output<NonNullable<E["body"]>>;

const MEMBERS_MAX = 2_000;
const refused = (reason: string) => new DomainError("invalid_state", reason, { detail: { reason } });
const changed = () => new DomainError("conflict", "somebody changed this circle meanwhile");

/** Fails with not_allowed, not_found (one of the customers), invalid_state (`kind_does_not_fit`, `member_twice`). */
export async function createCircle(tx: Tx, caller: Caller, body: BodyOf<typeof contract.createCircle>) {
  permit(caller, "relation:write");
  const ids = body.members.map(({ customerId }) => customerId);
  if (new Set(ids).size < ids.length) throw refused("member_twice");
  const customers = await requireCustomers(tx, ids);
  for (const customer of customers) checkKind(body.kind, customer);
  const circleId = newId();
  await store.insertCircle(tx, { circleId, kind: body.kind, name: body.name ?? null, by: caller.userId });
  for (const [place, { role, fromOn }] of body.members.entries()) {
    const partyId = customers[place]?.partyId;
    if (partyId !== undefined)
      await store.insertMember(tx, { circleId, memberId: newId(), partyId, role, fromOn: fromOn ?? null, by: caller.userId });
  }
  await record(tx, { caller, action: "circle.created", subjectKind: "customer", subjectIds: ids, detail: { circleId, kind: body.kind } });
  return { circleId };
}

/** Fails with not_allowed, not_found, conflict. */
export async function renameCircle(tx: Tx, caller: Caller, circleId: string, { version, name }: BodyOf<typeof contract.renameCircle>) {
  permit(caller, "relation:write");
  await requireCircle(tx, circleId);
  if (!(await store.updateName(tx, circleId, version, name))) throw changed();
  await record(tx, { caller, action: "circle.renamed", subjectKind: "circle", subjectIds: [circleId] });
  return { version: version + 1 };
}

/** Fails with not_allowed, not_found (circle or customer), invalid_state (`kind_does_not_fit`, `member_twice`). */
export async function addCircleMember(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  circleId: string,
  { customerId, role, fromOn }: BodyOf<typeof contract.addCircleMember>,
) {
  permit(caller, "relation:write");
  const circle = await requireCircle(tx, circleId);
  const customer = await requireCustomer(tx, customerId);
  checkKind(circle.kind, customer);
  await store.lockCircle(tx, circleId);
  const members = await store.listMembers(tx, [circleId], MEMBERS_MAX);
  if (members.some((one) => one.customerId === customerId && isInForce({ fromOn: null, toOn: one.toOn }, dayOf(clock))))
    throw refused("member_twice");
  const memberId = newId();
  await store.insertMember(tx, { circleId, memberId, partyId: customer.partyId, role, fromOn: fromOn ?? null, by: caller.userId });
  await record(tx, {
    caller,
    action: "circle.member_added",
    subjectKind: "customer",
    subjectIds: [customerId],
    detail: { circleId, role },
  });
  return { memberId };
}

/** Fails with not_allowed, not_found, conflict, invalid_state (`dates_turned`). */
export async function correctCircleMember(
  tx: Tx,
  caller: Caller,
  { circleId, memberId }: { circleId: string; memberId: string },
  { version, role, fromOn, toOn }: BodyOf<typeof contract.correctCircleMember>,
) {
  permit(caller, "relation:write");
  const before = (await store.listMembers(tx, [circleId], MEMBERS_MAX)).find((member) => member.memberId === memberId);
  if (before === undefined) throw new DomainError("not_found", "no such member for this caller");
  const after = {
    ...{ memberId, version, role: role ?? before.role },
    fromOn: fromOn === undefined ? before.fromOn : fromOn,
    toOn: toOn === undefined ? before.toOn : toOn,
  };
  if (after.fromOn !== null && after.toOn !== null && after.toOn < after.fromOn) throw refused("dates_turned");
  if (!(await store.updateMember(tx, after))) throw changed();
  const detail = { circleId, role: after.role, fromOn: after.fromOn, toOn: after.toOn };
  await record(tx, { caller, action: "circle.member_corrected", subjectKind: "customer", subjectIds: [before.customerId], detail });
  return { version: version + 1 };
}

/** Fails with not_allowed, not_found, conflict. */
export async function dissolveCircle(tx: Tx, caller: Caller, clock: Clock, circleId: string, version: number) {
  permit(caller, "relation:write");
  const circle = await requireCircle(tx, circleId);
  await store.lockCircle(tx, circleId);
  if (!(await store.updateName(tx, circleId, version, circle.name))) throw changed();
  const ended = await store.endMembers(tx, circleId, dayOf(clock));
  await record(tx, { caller, action: "circle.dissolved", subjectKind: "circle", subjectIds: [circleId], detail: { ended } });
  return { ended };
}

export async function requireCircle(tx: Tx, circleId: string): Promise<store.CircleRow> {
  const circle = await store.findCircle(tx, circleId);
  if (circle === null) throw new DomainError("not_found", "no such circle for this caller");
  return circle;
}

/** Households are of people, groups of companies. */
export function checkKind(kind: contract.CircleKind, customer: FoundNode): void {
  if ((kind === "household") !== (customer.kind === "person")) throw refused("kind_does_not_fit");
}
