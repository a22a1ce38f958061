import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { EDGES_MAX, LINES_MAX, NODES_MAX } from "./contract.ts";
import { readNodes, requireCustomer } from "./find-customer.ts";
import type { Ownership } from "./ownership.ts";
import * as store from "./relation-store.ts";
import { effectiveShare, pathsTo, structureOf, ultimateOwners } from "./rules.ts";
import { dayOf } from "./today.ts";

const LEVELS_MAX = 20;

/** As far as the caller sees the chains; what leads on to somebody out of reach is unknown. Fails with not_allowed, not_found, invalid_state (a person). */
export async function readOwnership(tx: Tx, caller: Caller, clock: Clock, customerId: string, threshold: number) {
  permit(caller, "customer:read");
  const today = dayOf(clock);
  const own = await requireCustomer(tx, customerId);
  if (own.kind !== "organisation")
    throw new DomainError("invalid_state", "people have no owners", { detail: { reason: "not_an_organisation" } });
  const above = await collect(tx, customerId, "owners", today);
  const below = await collect(tx, customerId, "owned", today);
  const { owners, unknown, circular, overstated } = ultimateOwners(above.edges, customerId);
  const shown = owners.filter(({ share }) => share >= threshold - 1e-6).slice(0, NODES_MAX);
  const structure = structureOf(below.edges, customerId, NODES_MAX / 2);
  const declared = await store.listDeclared(tx, customerId, today, LINES_MAX);
  const withPaths = shown.map(({ owner, share }) => ({
    customerId: owner,
    share,
    paths: pathsTo(above.edges, customerId, owner).map((path) => ({ share: path.share, customerIds: [...path.nodes] })),
  }));
  const onPaths = withPaths.flatMap(({ paths }) => paths.flatMap(({ customerIds }) => customerIds));
  const wanted = [
    customerId,
    ...shown.map(({ owner }) => owner),
    ...structure.map(({ node }) => node),
    ...declared.map((one) => one.customerId),
  ];
  const ids = [...new Set([...wanted, ...onPaths])].slice(0, NODES_MAX);
  const nodes = await readNodes(tx, ids);
  await record(tx, { caller, action: "ownership.viewed", subjectKind: "customer", fieldClasses: ["name", "relation"], subjectIds: ids });
  return {
    threshold,
    owners: withPaths,
    belowThreshold: clamp(owners.filter(({ share }) => share < threshold - 1e-6).reduce((sum, { share }) => sum + share, 0)),
    unknown,
    circular,
    overstated,
    declared: declared.slice(0, LINES_MAX),
    structure: structure.map(({ node, owner, depth, share }) => ({
      customerId: node,
      ownerId: owner,
      depth,
      share,
      effective: clamp(effectiveShare(below.edges, customerId, node)),
    })),
    nodes: [...nodes.values()],
    more: above.more || below.more,
  };
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share));

/** The chains level by level, as far as they go within bounds; cycles end where they began. */
async function collect(tx: Tx, start: string, towards: "owners" | "owned", day: string): Promise<{ edges: Ownership[]; more: boolean }> {
  const edges: Ownership[] = [];
  const known = new Set([start]);
  let level = [start];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= LEVELS_MAX || known.size >= NODES_MAX || edges.length >= EDGES_MAX) return { edges, more: true };
    const found = await store.listOwnership(tx, level, towards, day, EDGES_MAX - edges.length + 1);
    edges.push(...found.filter((edge) => !edges.some((one) => one.owner === edge.owner && one.owned === edge.owned)));
    const next = [...new Set(found.map((edge) => (towards === "owners" ? edge.owner : edge.owned)))].filter((id) => !known.has(id));
    for (const id of next) known.add(id);
    level = next;
  }
  return { edges, more: false };
}
