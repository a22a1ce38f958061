import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { addCircleMember, checkKind, createCircle } from "./change-circles.ts";
import * as store from "./circle-store.ts";
import { type CircleKind, type CircleProposal, type MemberRole, PROPOSALS_MAX } from "./contract.ts";
import { readNodes, requireCustomer, requireCustomers } from "./find-customer.ts";
import type { FoundNode } from "./relation-store.ts";
import { dayOf } from "./today.ts";

const REASONS_MAX = 500;

/** Who may share a circle with a customer, the most reasons first. Fails with not_allowed, not_found. */
export async function listProposals(tx: Tx, caller: Caller, clock: Clock, customerId: string): Promise<{ proposals: CircleProposal[] }> {
  permit(caller, "customer:read");
  const customer = await requireCustomer(tx, customerId);
  const proposals = await propose(tx, customer, dayOf(clock));
  const shown = proposals.map(({ other }) => other.customerId);
  await record(tx, {
    caller,
    action: "circle_proposals.viewed",
    subjectKind: "customer",
    fieldClasses: ["name", "relation"],
    subjectIds: [customerId, ...shown],
  });
  return { proposals };
}

/**
 * Accepting joins the circle that one of them belongs to, or makes one of both; dismissing is kept. Fails with not_allowed, not_found, invalid_state
 * (`kind_does_not_fit`; `in_two_circles`: both belong to one already, which a person has to sort out).
 */
export async function decideProposal(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  customerId: string,
  { kind, otherCustomerId, decision }: { kind: CircleKind; otherCustomerId: string; decision: "accept" | "dismiss" },
): Promise<{ circleId: string | null }> {
  permit(caller, "relation:write");
  const [own, other] = await requireCustomers(tx, [customerId, otherCustomerId]);
  if (own === undefined || other === undefined || customerId === otherCustomerId)
    throw new DomainError("not_found", "no such pair of customers");
  for (const one of [own, other]) checkKind(kind, one);
  const subjectIds = [customerId, otherCustomerId];
  if (decision === "dismiss") {
    await store.insertDismissal(tx, own.partyId, other.partyId, kind, caller.userId);
    await record(tx, { caller, action: "circle_proposal.dismissed", subjectKind: "customer", subjectIds, detail: { kind } });
    return { circleId: null };
  }
  const [ownCircle, otherCircle] = await circlesOf(tx, [customerId, otherCustomerId], kind, dayOf(clock));
  if (ownCircle !== undefined && otherCircle !== undefined)
    throw new DomainError("invalid_state", "both belong to a circle already", { detail: { reason: "in_two_circles" } });
  const roles = await rolesOf(tx, own, other, kind, dayOf(clock));
  await record(tx, { caller, action: "circle_proposal.accepted", subjectKind: "customer", subjectIds, detail: { kind } });
  const known = ownCircle ?? otherCircle;
  if (known === undefined)
    return createCircle(tx, caller, {
      kind,
      members: [
        { customerId, role: roles.own },
        { customerId: otherCustomerId, role: roles.other },
      ],
    });
  const joining = ownCircle === undefined ? { customerId, role: roles.own } : { customerId: otherCustomerId, role: roles.other };
  await addCircleMember(tx, caller, clock, known, joining);
  return { circleId: known };
}

async function propose(tx: Tx, customer: FoundNode, day: string): Promise<CircleProposal[]> {
  const kind: CircleKind = customer.kind === "person" ? "household" : "company_group";
  const { customerId } = customer;
  const found =
    kind === "household"
      ? await store.listHouseholdReasons(tx, customerId, day, REASONS_MAX)
      : await store.listGroupReasons(tx, customerId, day, REASONS_MAX);
  const byOther = Map.groupBy(found, ({ otherId }) => otherId);
  const others = [...byOther.keys()];
  if (others.length === 0) return [];
  const dismissed = await store.listDismissed(tx, customerId, others, kind);
  const memberships = await store.listMemberships(tx, [customerId, ...others], kind, day);
  const own = new Set(memberships.filter((one) => one.customerId === customerId).map(({ circleId }) => circleId));
  const open = others.filter(
    (id) => !dismissed.has(id) && !memberships.some((one) => one.customerId === id && (own.size > 0 || own.has(one.circleId))),
  );
  const shown = open.slice(0, PROPOSALS_MAX);
  const nodes = await readNodes(tx, shown);
  return shown.flatMap((id) => {
    const other = nodes.get(id);
    const reasons = [...new Set((byOther.get(id) ?? []).map(({ reason }) => reason))];
    const circleId = memberships.find((one) => one.customerId === id)?.circleId ?? null;
    return other === undefined ? [] : [{ kind, other, reasons, circleId }];
  });
}

async function circlesOf(tx: Tx, customerIds: readonly string[], kind: CircleKind, day: string): Promise<(string | undefined)[]> {
  const memberships = await store.listMemberships(tx, customerIds, kind, day);
  return customerIds.map((id) => memberships.find(({ customerId }) => customerId === id)?.circleId);
}

async function rolesOf(
  tx: Tx,
  own: FoundNode,
  other: FoundNode,
  kind: CircleKind,
  day: string,
): Promise<{ own: MemberRole; other: MemberRole }> {
  if (kind === "household") return { own: "adult", other: "adult" };
  const ties = await store.listGroupReasons(tx, own.customerId, day, REASONS_MAX);
  const ownsOther = ties.some(({ otherId, reason }) => otherId === other.customerId && reason === "owns_half");
  const ownedByOther = ties.some(({ otherId, reason }) => otherId === other.customerId && reason === "owned_by_half");
  if (ownsOther === ownedByOther) return { own: "member", other: "member" };
  return ownsOther ? { own: "parent_company", other: "subsidiary" } : { own: "subsidiary", other: "parent_company" };
}
