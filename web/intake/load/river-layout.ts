import type { KindCounts } from "../../../server/customers/intake/contract.ts";

export const outcomes = ["created", "updated", "linked", "unchanged", "quarantined"] as const;
export type Outcome = (typeof outcomes)[number];

export interface RiverNode {
  readonly id: string;
  readonly count: number;
  /** Pixels from the start edge and the top. */
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

export interface RiverStrand {
  readonly id: string;
  readonly tone: "read" | Outcome;
  readonly count: number;
  readonly path: string;
}

export interface River {
  readonly width: number;
  readonly height: number;
  readonly kinds: readonly RiverNode[];
  readonly accepted: RiverNode | null;
  readonly outcomes: readonly RiverNode[];
  readonly strands: readonly RiverStrand[];
}

export const nodeWidth = 6;
/** Room for a name and a number beside the thinnest strand. */
const pitchMin = 44;
const flowHeight = 230;
/** A single record among millions still shows. */
const strandMin = 2;

interface Size {
  readonly width: number;
  /** Room for the words before the river and behind it. */
  readonly margins: { readonly start: number; readonly end: number };
  /** Mirrors the picture: it flows from the right to the left. */
  readonly rtl: boolean;
}

interface Flow {
  readonly kind: string;
  readonly of: KindCounts;
  readonly height: number;
}

/**
 * A river from the file to the customers. Each kind enters with the square root of its records, so that five thousand customers show beside ten
 * million movements; within a kind the arms are in true proportion, and nothing is lost on the way.
 */
export function layRiver(counts: Readonly<Record<string, KindCounts>>, { width, margins, rtl }: Size): River {
  const flows = flowsOf(counts);
  const totals = totalsOf(flows);
  const landed = totals.filter((node) => node.id !== "quarantined");
  const quarantined = totals.filter((node) => node.id === "quarantined");
  const entering = flows.map(({ kind, of, height }) => ({ id: kind, count: of.read, height }));
  const height = Math.max(heightOf(entering), heightOf(totals));
  const start = margins.start;
  const end = width - margins.end - nodeWidth;
  const kinds = stack(entering, { x: start, y: (height - heightOf(entering)) / 2 });
  const room = height - heightOf(quarantined);
  const ends = [
    ...stack(landed, { x: end, y: (room - heightOf(landed)) / 2 }),
    ...stack(quarantined, { x: end, y: room }), // what did not get through sinks to the ground
  ];
  const accepted = acceptedNode(landed, Math.round((start + end) / 2), room);
  const strands = drawStrands({ flows, kinds, accepted, ends, mirror: rtl ? (x) => width - x : (x) => x });
  const flip = (node: RiverNode): RiverNode => (rtl ? { ...node, x: width - node.x - nodeWidth } : node);
  return { width, height, kinds: kinds.map(flip), accepted: accepted && flip(accepted), outcomes: ends.map(flip), strands };
}

function flowsOf(counts: Readonly<Record<string, KindCounts>>): Flow[] {
  const read = Object.entries(counts).filter(([, of]) => of.read > 0);
  const weight = read.reduce((sum, [, of]) => sum + Math.sqrt(of.read), 0);
  return read.map(([kind, of]) => ({ kind, of, height: Math.max(strandMin * 2, (Math.sqrt(of.read) / weight) * flowHeight) }));
}

function share({ of, height }: Flow, outcome: Outcome): number {
  return of[outcome] === 0 ? 0 : Math.max(strandMin, (of[outcome] / of.read) * height);
}

type Sized = Pick<RiverNode, "id" | "count" | "height">;

function totalsOf(flows: readonly Flow[]): Sized[] {
  return outcomes
    .map((outcome) => ({
      id: outcome,
      count: flows.reduce((sum, { of }) => sum + of[outcome], 0),
      height: flows.reduce((sum, flow) => sum + share(flow, outcome), 0),
    }))
    .filter((node) => node.count > 0);
}

function acceptedNode(landed: readonly Sized[], x: number, room: number): RiverNode | null {
  const height = landed.reduce((sum, node) => sum + node.height, 0);
  const count = landed.reduce((sum, node) => sum + node.count, 0);
  return count === 0 ? null : { id: "accepted", count, x, y: (room - height) / 2, height };
}

const slotOf = (node: Sized): number => Math.max(node.height + 10, pitchMin);
const heightOf = (nodes: readonly Sized[]): number => nodes.reduce((sum, node) => sum + slotOf(node), 0);

/** One below the other, each in the middle of a slot that is high enough for its words. */
function stack(nodes: readonly Sized[], from: { x: number; y: number }): RiverNode[] {
  let y = from.y;
  return nodes.map((node) => {
    const slot = slotOf(node);
    const placed = { ...node, x: from.x, y: y + (slot - node.height) / 2 };
    y += slot;
    return placed;
  });
}

interface Drawing {
  readonly flows: readonly Flow[];
  readonly kinds: readonly RiverNode[];
  readonly accepted: RiverNode | null;
  readonly ends: readonly RiverNode[];
  readonly mirror: (x: number) => number;
}

function drawStrands({ flows, kinds, accepted, ends, mirror }: Drawing): RiverStrand[] {
  const strands: RiverStrand[] = [];
  const quarantine = ends.find((node) => node.id === "quarantined");
  let intoAccepted = accepted?.y ?? 0;
  let intoQuarantine = quarantine?.y ?? 0;
  for (const [index, flow] of flows.entries()) {
    const { kind, of } = flow;
    const node = kinds[index] as RiverNode;
    const good = outcomes.slice(0, 4).reduce((sum, outcome) => sum + share(flow, outcome), 0);
    const bad = share(flow, "quarantined");
    const from = { x: node.x + nodeWidth, y: node.y };
    if (accepted && good > 0) {
      const path = ribbon(from, { x: accepted.x, y: intoAccepted }, good, mirror);
      strands.push({ id: `${kind} accepted`, tone: "read", count: of.read - of.quarantined, path });
      intoAccepted += good;
    }
    if (quarantine && bad > 0) {
      const path = ribbon({ x: from.x, y: from.y + good }, { x: quarantine.x, y: intoQuarantine }, bad, mirror);
      strands.push({ id: `${kind} quarantined`, tone: "quarantined", count: of.quarantined, path });
      intoQuarantine += bad;
    }
  }
  let out = accepted?.y ?? 0;
  for (const node of ends.filter((end) => end.id !== "quarantined")) {
    const path = ribbon({ x: (accepted?.x ?? 0) + nodeWidth, y: out }, { x: node.x, y: node.y }, node.height, mirror);
    strands.push({ id: node.id, tone: node.id as Outcome, count: node.count, path });
    out += node.height;
  }
  return strands;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function ribbon(from: Point, to: Point, thickness: number, mirror: (x: number) => number): string {
  const at = (x: number, y: number): string => `${round(mirror(x))} ${round(y)}`;
  const middle = (from.x + to.x) / 2;
  return [
    `M ${at(from.x, from.y)} C ${at(middle, from.y)}, ${at(middle, to.y)}, ${at(to.x, to.y)}`,
    `L ${at(to.x, to.y + thickness)} C ${at(middle, to.y + thickness)}, ${at(middle, from.y + thickness)}, ${at(from.x, from.y + thickness)} Z`,
  ].join(" ");
}

const round = (value: number): number => Math.round(value * 10) / 10;
