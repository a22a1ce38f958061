/** Two customers of whom one's trouble is likely to become the other's. */
export interface Connection {
  readonly a: string;
  readonly b: string;
}

/**
 * Groups of connected customers: whoever is reached over connections, in any number of steps, is one risk (CRR, article 4(1)(39)). The
 * group is named by the least of its ids, so that it does not depend on the order. Only groups of two or more.
 */
export function connectedGroups(connections: readonly Connection[]): Map<string, string> {
  const leader = new Map<string, string>();
  const find = (id: string): string => {
    let top = id;
    for (let next = leader.get(top); next !== undefined && next !== top; next = leader.get(top)) top = next;
    for (let at = id; at !== top; ) {
      const next = leader.get(at) ?? top;
      leader.set(at, top);
      at = next;
    }
    return top;
  };
  for (const { a, b } of connections) {
    if (a === b) continue;
    const [one, other] = [find(a), find(b)];
    const [least, most] = one < other ? [one, other] : [other, one];
    leader.set(least, least);
    leader.set(most, least);
  }
  return new Map([...leader.keys()].map((id) => [id, find(id)]));
}
