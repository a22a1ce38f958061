import { inOrder } from "../../platform/text/index.ts";
import { inverseOf, type KeptKind, keptFormOf, type RelationKind } from "./kinds/contract.ts";
import type { OwnerShare, Ownership, OwnershipPath } from "./ownership.ts";

/** Mass that moves on after so many rounds goes round in a circle that nobody owns, or is too little to tell. */
const ROUNDS_MAX = 2_000;
const NEGLIGIBLE = 1e-9;
const PATHS_MAX = 20;
const PATH_LENGTH_MAX = 32;
const STEPS_MAX = 20_000;

export interface OwnersFound {
  /** Who has no owners of their own, the greatest share first. Together at most 1. */
  readonly owners: readonly OwnerShare[];
  /** What no known owner holds. */
  readonly unknown: number;
  readonly circular: number;
  /** Direct shares in one company added up to more than the whole; they were scaled to it. */
  readonly overstated: boolean;
}

/**
 * Who owns a company in the end. The whole of it is handed up to its owners by their shares, round by round, until it rests with those who have no
 * owners; what is held by nobody known stays behind. So chains multiply, paths add up, cycles converge, and nothing ever exceeds the whole.
 * `stopAt`: holds what reaches it, as if it had no owners.
 */
export function ultimateOwners(graph: readonly Ownership[], company: string, stopAt?: string): OwnersFound {
  const { ownersOf, overstated } = byOwned(graph);
  const resting = new Map<string, number>();
  let moving = new Map([[company, 1]]);
  let unknown = 0;
  for (let round = 0; round < ROUNDS_MAX && moving.size > 0; round += 1) {
    const next = new Map<string, number>();
    for (const [node, mass] of moving) {
      const owners = node === stopAt && round > 0 ? undefined : ownersOf.get(node);
      if (owners === undefined) {
        if (node === company) unknown += mass;
        else add(resting, node, mass);
        continue;
      }
      let handed = 0;
      for (const { owner, share } of owners) {
        handed += share;
        if (mass * share > NEGLIGIBLE) add(next, owner, mass * share);
      }
      unknown += mass * Math.max(0, 1 - handed);
    }
    moving = next;
  }
  const circular = [...moving.values()].reduce((sum, mass) => sum + mass, 0);
  const owners = [...resting].map(([owner, share]) => ({ owner, share: Math.min(1, share) })).sort(byShare);
  return { owners, unknown: bounded(unknown), circular: bounded(circular), overstated };
}

/** The effective share of `owner` in `company`, over all chains. */
export function effectiveShare(graph: readonly Ownership[], owner: string, company: string): number {
  return ultimateOwners(graph, company, owner).owners.find((found) => found.owner === owner)?.share ?? 0;
}

/** The chains from a company up to an owner that pass no node twice, the weightiest first; at most 20. */
export function pathsTo(graph: readonly Ownership[], company: string, owner: string): OwnershipPath[] {
  const { ownersOf } = byOwned(graph);
  const paths: OwnershipPath[] = [];
  let steps = 0;
  const climb = (nodes: readonly string[], share: number): void => {
    const last = nodes.at(-1);
    steps += 1;
    if (last === undefined || steps > STEPS_MAX || nodes.length > PATH_LENGTH_MAX || share < NEGLIGIBLE) return;
    if (last === owner) {
      paths.push({ share, nodes });
      return;
    }
    for (const up of ownersOf.get(last) ?? []) if (!nodes.includes(up.owner)) climb([...nodes, up.owner], share * up.share);
  };
  climb([company], 1);
  return paths.sort((a, b) => b.share - a.share || inOrder(a.nodes.join(), b.nodes.join())).slice(0, PATHS_MAX);
}

export interface StructureNode {
  readonly node: string;
  readonly owner: string;
  readonly depth: number;
  readonly share: number | null;
}

/** What a company owns, as a tree in which everything stands once, at its shortest distance; in the order in which one reads a tree. */
export function structureOf(graph: readonly Ownership[], top: string, nodesMax: number): StructureNode[] {
  const below = Map.groupBy(graph, ({ owner }) => owner);
  const placed = new Map<string, StructureNode>();
  let level = [top];
  for (let depth = 1; level.length > 0 && placed.size < nodesMax; depth += 1) {
    const next: string[] = [];
    for (const owner of level) {
      const owned = [...(below.get(owner) ?? [])].sort((a, b) => (b.share ?? 0) - (a.share ?? 0) || inOrder(a.owned, b.owned));
      for (const { owned: node, share } of owned) {
        if (node === top || placed.has(node) || placed.size >= nodesMax) continue;
        placed.set(node, { node, owner, depth, share });
        next.push(node);
      }
    }
    level = next;
  }
  const children = Map.groupBy(placed.values(), ({ owner }) => owner);
  const read = (owner: string): StructureNode[] => (children.get(owner) ?? []).flatMap((child) => [child, ...read(child.node)]);
  return read(top);
}

export interface DatedShare {
  readonly share: number;
  readonly fromOn: string | null;
  readonly toOn: string | null;
}

/** The most that shares add up to on any day. */
export function highestSum(shares: readonly DatedShare[]): number {
  const first = "0000-00-00";
  return Math.max(0, ...shares.map(({ fromOn }) => sumOn(shares, fromOn ?? first)));
}

function sumOn(shares: readonly DatedShare[], day: string): number {
  return shares
    .filter((one) => (one.fromOn ?? "") <= day && (one.toOn === null || one.toOn >= day))
    .reduce((sum, { share }) => sum + share, 0);
}

/** Three thirds are the whole: shares are kept with eight decimals. */
export const WHOLE = 1 + 1e-6;

/** A relation is in force on its first and on its last day. */
export function isInForce({ fromOn, toOn }: { fromOn: string | null; toOn: string | null }, day: string): boolean {
  return (fromOn === null || fromOn <= day) && (toOn === null || toOn >= day);
}

type PartyKind = "person" | "organisation";
const people = ["person"] as const;
const organisations = ["organisation"] as const;
const anybody = ["person", "organisation"] as const;

/** Who can stand in a relation: A is <kind> of B. */
const sides: Readonly<Record<KeptKind, readonly [readonly PartyKind[], readonly PartyKind[]]>> = {
  spouse: [people, people],
  partner: [people, people],
  sibling: [people, people],
  parent: [people, people],
  guardian: [anybody, people],
  employer: [anybody, people],
  director: [anybody, organisations],
  shareholder: [anybody, organisations],
  beneficial_owner: [people, organisations],
  parent_company: [organisations, organisations],
  guarantor: [anybody, anybody],
  power_of_attorney: [anybody, anybody],
  authorised_signatory: [people, anybody],
  key_contact: [people, anybody],
};

/** Can `a` be `kind` of `b`? */
export function fits(kind: RelationKind, a: PartyKind, b: PartyKind): boolean {
  const kept = keptFormOf(kind);
  const [one, other] = sides[kept.kind];
  return kept.swapped ? one.includes(b) && other.includes(a) : one.includes(a) && other.includes(b);
}

/** The word for the other side, as seen from a customer that is `own` side of a kept relation. */
export function seenFrom(side: "first" | "second", kind: KeptKind): RelationKind {
  return side === "second" ? kind : inverseOf(kind);
}

export interface Statement {
  readonly kind: RelationKind;
  readonly otherId: string;
  readonly share: number | null;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly source: string | null;
}

/** Statements of several records that say the same are one line, with all their sources. What a person entered stays a line of its own. */
export function gather<S extends Statement>(statements: readonly S[]): { first: S; sources: string[] }[] {
  const groups = Map.groupBy(statements, (one) =>
    one.source === null ? one : [one.kind, one.otherId, one.share, one.fromOn, one.toOn].join("|"),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    return [{ first, sources: [...new Set(group.flatMap(({ source }) => source ?? []))].sort(inOrder) }];
  });
}

function byOwned(graph: readonly Ownership[]): { ownersOf: ReadonlyMap<string, readonly OwnerShare[]>; overstated: boolean } {
  const ownersOf = new Map<string, readonly OwnerShare[]>();
  let overstated = false;
  for (const [owned, edges] of Map.groupBy(graph, (edge) => edge.owned)) {
    const owners = edges
      .flatMap(({ owner, share }) => (share === null || share <= 0 ? [] : [{ owner, share }]))
      .sort((a, b) => inOrder(a.owner, b.owner));
    const sum = owners.reduce((all, { share }) => all + share, 0);
    if (sum > WHOLE) overstated = true;
    if (owners.length > 0) ownersOf.set(owned, sum > 1 ? owners.map(({ owner, share }) => ({ owner, share: share / sum })) : owners);
  }
  return { ownersOf, overstated };
}

function add(masses: Map<string, number>, node: string, mass: number): void {
  masses.set(node, (masses.get(node) ?? 0) + mass);
}

const bounded = (share: number): number => Math.min(1, Math.max(0, share < 1e-6 ? 0 : share));
const byShare = (a: OwnerShare, b: OwnerShare): number => b.share - a.share || inOrder(a.owner, b.owner);
