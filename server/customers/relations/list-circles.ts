import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import * as store from "./circle-store.ts";
import { CIRCLE_MEMBERS_MAX, CIRCLES_MAX, type Circle } from "./contract.ts";
import { readNodes, requireCustomer } from "./find-customer.ts";
import { dayOf } from "./today.ts";

const CURRENCIES_MAX = 50;

/** The circles of a customer; members, counts and totals are those of the members the caller sees. Fails with not_allowed, not_found. */
export async function listCircles(tx: Tx, caller: Caller, clock: Clock, customerId: string): Promise<{ circles: Circle[] }> {
  permit(caller, "customer:read");
  await requireCustomer(tx, customerId);
  const rows = await store.listCircles(tx, customerId, CIRCLES_MAX);
  const ids = rows.map(({ circleId }) => circleId);
  const members = ids.length === 0 ? [] : await store.listMembers(tx, ids, CIRCLES_MAX * CIRCLE_MEMBERS_MAX);
  const totals = ids.length === 0 ? [] : await store.listTotals(tx, ids, dayOf(clock), CIRCLES_MAX * CURRENCIES_MAX);
  const customerIds = [...new Set(members.map((member) => member.customerId))];
  const nodes = await readNodes(tx, customerIds);
  await record(tx, {
    caller,
    action: "circles.viewed",
    subjectKind: "customer",
    fieldClasses: ["name", "relation"],
    subjectIds: [customerId, ...customerIds],
  });
  const circles = rows.map((circle) => {
    const own = totals.filter(({ circleId }) => circleId === circle.circleId);
    return {
      ...circle,
      members: members
        .filter(({ circleId }) => circleId === circle.circleId)
        .slice(0, CIRCLE_MEMBERS_MAX)
        .flatMap(({ customerId: id, circleId: _, ...member }) => {
          const customer = nodes.get(id);
          return customer === undefined ? [] : [{ ...member, customer }];
        }),
      totals: own
        .slice(0, CURRENCIES_MAX)
        .filter(({ holdings }) => holdings > 0)
        .map(({ currency, assetsMinor, debtsMinor, holdings }) => ({ currency, assetsMinor, debtsMinor, holdings })),
      holdings: own.reduce((sum, { all }) => sum + all, 0),
    };
  });
  return { circles };
}
