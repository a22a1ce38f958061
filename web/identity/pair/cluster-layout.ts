interface Member {
  readonly partyId: string;
  readonly customerId: string;
}

export interface Node<M extends Member> {
  readonly member: M;
  /** From 1, in the order of the circle: the same number as in the table. */
  readonly no: number;
  /** Shares of the width and the height. */
  readonly x: number;
  readonly y: number;
}

const RADIUS = 0.38;

/** The records on a circle, those of one customer side by side, beginning at the top: the same records stand the same way each time. */
export function layCluster<M extends Member>(members: readonly M[]): Node<M>[] {
  const ordered = members.toSorted((one, other) =>
    one.customerId === other.customerId ? order(one.partyId, other.partyId) : order(one.customerId, other.customerId),
  );
  // Two stand side by side: a line between them can be read.
  const start = ordered.length === 2 ? Math.PI : -Math.PI / 2;
  return ordered.map((member, place) => {
    const angle = start + (place / ordered.length) * 2 * Math.PI;
    return { member, no: place + 1, x: 0.5 + RADIUS * Math.cos(angle), y: 0.5 + RADIUS * Math.sin(angle) };
  });
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
