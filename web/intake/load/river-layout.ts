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
const pitchMin = 46;
const flowHeight = 230;
/** A single record among millions still shows. */
const strandMin = 2;

interface Size {
  readonly width: number;
  /** Mirrors the picture: it flows from the right to the left. */
  readonly rtl: boolean;
}

/**
 * A river from the file to the customers. Each kind enters with the square root of its records, so that five thousand customers show beside ten
 * million movements; within a kind the arms are in true proportion, and nothing is lost on the way.
 */
export function layRiver(counts: Readonly<Record<string, KindCounts>>, { width, rtl }: Size): River {
  const read = Object.entries(counts).filter(([, of]) => of.read > 0);
  const weight = read.reduce((sum, [, of]) => sum + Math.sqrt(of.read), 0);
  const kinds = read.map(([kind, of]) => ({ kind, of, height: Math.max(strandMin * 2, (Math.sqrt(of.read) / weight) * flowHeight) }));
  const share = (of: KindCounts, height: number, outcome: Outcome): number =>
    of[outcome] === 0 ? 0 : Math.max(strandMin, (of[outcome] / of.read) * height);

  const kindNodes = stack(
    kinds.map(({ kind, of, height }) => ({ id: kind, count: of.read, height })),
    0,
  );
  const totals = outcomes
    .map((outcome) => ({
      id: outcome,
      count: kinds.reduce((sum, { of }) => sum + of[outcome], 0),
      height: kinds.reduce((sum, { of, height }) => sum + share(of, height, outcome), 0),
    }))
    .filter((node) => node.count > 0);
  const ends = stack(totals, width - nodeWidth);
  const acceptedHeight = totals.filter((node) => node.id !== "quarantined").reduce((sum, node) => sum + node.height, 0);
  const acceptedCount = totals.filter((node) => node.id !== "quarantined").reduce((sum, node) => sum + node.count, 0);
  const height = Math.max(bottomOf(kindNodes), bottomOf(ends), acceptedHeight) + 2;
  const accepted =
    acceptedCount === 0
      ? null
      : {
          id: "accepted",
          count: acceptedCount,
          x: Math.round(width * 0.5),
          y: Math.min(8, height - acceptedHeight),
          height: acceptedHeight,
        };
  const strands = drawStrands({ kinds, kindNodes, accepted, ends, share, mirror: rtl ? (x) => width - x : (x) => x });
  const flip = (node: RiverNode): RiverNode => (rtl ? { ...node, x: width - node.x - nodeWidth } : node);
  return { width, height, kinds: kindNodes.map(flip), accepted: accepted && flip(accepted), outcomes: ends.map(flip), strands };
}

function stack(nodes: readonly { id: string; count: number; height: number }[], x: number): RiverNode[] {
  let y = 0;
  return nodes.map((node) => {
    const placed = { ...node, x, y };
    y += Math.max(node.height + 10, pitchMin);
    return placed;
  });
}

const bottomOf = (nodes: readonly RiverNode[]): number =>
  Math.max(0, ...nodes.map((node) => node.y + Math.max(node.height, pitchMin - 10)));

interface Drawing {
  readonly kinds: readonly { kind: string; of: KindCounts; height: number }[];
  readonly kindNodes: readonly RiverNode[];
  readonly accepted: RiverNode | null;
  readonly ends: readonly RiverNode[];
  readonly share: (of: KindCounts, height: number, outcome: Outcome) => number;
  readonly mirror: (x: number) => number;
}

function drawStrands({ kinds, kindNodes, accepted, ends, share, mirror }: Drawing): RiverStrand[] {
  const strands: RiverStrand[] = [];
  const quarantine = ends.find((node) => node.id === "quarantined");
  let intoAccepted = accepted?.y ?? 0;
  let intoQuarantine = quarantine?.y ?? 0;
  for (const [index, { kind, of, height }] of kinds.entries()) {
    const node = kindNodes[index] as RiverNode;
    const good = outcomes.slice(0, 4).reduce((sum, outcome) => sum + share(of, height, outcome), 0);
    const bad = share(of, height, "quarantined");
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
