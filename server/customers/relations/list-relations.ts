import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { EDGES_MAX, LINES_MAX, NODES_MAX, type RelationEdge, type RelationLine, type RoleLine } from "./contract.ts";
import { readNodes, requireCustomer } from "./find-customer.ts";
import * as store from "./relation-store.ts";
import { gather, isInForce, seenFrom } from "./rules.ts";
import { dayOf } from "./today.ts";

/** Who stands how to a customer, as far as the caller sees both sides; whose names were shown is audited. Fails with not_allowed, not_found. */
export async function listRelations(tx: Tx, caller: Caller, clock: Clock, customerId: string) {
  permit(caller, "customer:read");
  const today = dayOf(clock);
  const { partyId: _, ...center } = await requireCustomer(tx, customerId);
  const statements = (await store.listStatements(tx, customerId, LINES_MAX)).map((row) => ({
    ...row,
    kind: seenFrom(row.side, row.keptKind),
  }));
  const roleRows = await store.listRoles(tx, customerId, LINES_MAX);
  const nearEdges = await store.listEdges(tx, [customerId], today, EDGES_MAX);
  const near = [...new Set([...nearEdges.flatMap(({ from, to }) => [from, to]), ...roleRows.map(({ otherId }) => otherId)])];
  const around = near.filter((id) => id !== customerId).slice(0, NODES_MAX);
  const farEdges = around.length === 0 ? [] : await store.listEdges(tx, around, today, EDGES_MAX + 1);
  const graph = bound(customerId, around, [...nearEdges, ...roleRows.map((row) => roleEdge(customerId, row)), ...farEdges]);
  const shown = [...new Set([...graph.ids, ...statements.map(({ otherId }) => otherId), ...roleRows.map(({ otherId }) => otherId)])];
  const nodes = await readNodes(tx, shown);
  const relations = gather(statements).flatMap(({ first, sources }): RelationLine[] => {
    const other = nodes.get(first.otherId);
    if (other === undefined) return [];
    const { relationId, kind, share, fromOn, toOn, enteredByName, version } = first;
    return [{ relationId, kind, other, share, fromOn, toOn, inForce: isInForce(first, today), sources, enteredByName, version }];
  });
  const roles = roleRows.flatMap(({ otherId, ...row }): RoleLine[] => {
    const other = nodes.get(otherId);
    return other === undefined ? [] : [{ ...row, other }];
  });
  await record(tx, {
    caller,
    action: "relations.viewed",
    subjectKind: "customer",
    fieldClasses: ["name", "relation"],
    subjectIds: [customerId, ...shown],
  });
  const seen = graph.ids.flatMap((id) => (id === customerId ? center : (nodes.get(id) ?? [])));
  return { relations, roles, nodes: seen, edges: graph.edges, more: graph.more };
}

function roleEdge(customerId: string, { role, side, otherId }: store.RoleRow): RelationEdge {
  const [from, to] = side === "other" ? [otherId, customerId] : [customerId, otherId];
  return { from, to, kind: role, share: null };
}

/** The customer first, then who stands next to it, then who stands next to those; each edge once, only between nodes that are shown. */
function bound(customerId: string, around: readonly string[], all: readonly RelationEdge[]) {
  const known = [...new Set([customerId, ...around, ...all.flatMap(({ from, to }) => [from, to])])];
  const ids = known.slice(0, NODES_MAX);
  const places = new Set(ids);
  const unique = [...new Map(all.map((edge) => [keyOf(edge), edge])).values()];
  const edges = unique.filter(({ from, to }) => places.has(from) && places.has(to));
  return { ids, edges: edges.slice(0, EDGES_MAX), more: known.length > NODES_MAX || edges.length > EDGES_MAX };
}

/** A guarantee that is both a relation and a role is one edge; kinds that go both ways are one whoever says them. */
function keyOf({ from, to, kind }: RelationEdge): string {
  const both = kind === "spouse" || kind === "partner" || kind === "sibling" || kind === "joint_owner";
  return both && to < from ? `${to} ${kind} ${from}` : `${from} ${kind} ${to}`;
}
