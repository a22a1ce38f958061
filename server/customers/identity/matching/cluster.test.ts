import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ClusteringOrder, clusterRecords, type Decision } from "./cluster.ts";

/** So many records in which the given pairs agree, the earlier ones more surely, and all others say nothing. */
function given(count: number, pairs: readonly (readonly [number, number])[], more: Partial<ClusteringOrder> = {}): ClusteringOrder {
  return {
    edges: {
      a: Uint32Array.from(pairs, ([a]) => a),
      b: Uint32Array.from(pairs, ([, b]) => b),
      bits: Float64Array.from(pairs, (_, place) => 100 - place),
    },
    rank: Uint32Array.from({ length: count }, (_, record) => record),
    joinBits: 3,
    score: () => 1,
    conflict: () => false,
    decisions: [],
    ...more,
  };
}
const chain = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => [from + at, from + at + 1] as const);
const members = (order: ClusteringOrder) => clusterRecords(order).clusters.map(({ records }) => [...records]);

describe("clusters", () => {
  test("a person's word joins two that no evidence brings together", () => {
    expect(members(given(3, [], { decisions: [{ a: 0, b: 2, same: true }] }))).toEqual([[0, 2]]);
  });

  test("two that people keep apart are never in one cluster, however large it would be, also not by another's word", () => {
    // Records 0 to 19 hold together, 20 to 39 hold together, and one link would join all.
    const order = given(40, [...chain(0, 19), ...chain(20, 39), [0, 20]]);
    expect(members(order)).toHaveLength(1);
    const decisions: Decision[] = [{ a: 19, b: 39, same: false }];
    expect(members({ ...order, decisions })).toHaveLength(2);
    expect(
      members({ ...order, decisions: [...decisions, { a: 5, b: 25, same: true }] }).some(
        (cluster) => cluster.includes(19) && cluster.includes(39),
      ),
    ).toBe(false);
  });

  test("two whose verified identifiers differ are never in one cluster, however large it would be", () => {
    const conflict = (a: number, b: number) => Math.min(a, b) === 19 && Math.max(a, b) === 39;
    const { clusters, doubtful } = clusterRecords(given(40, [...chain(0, 19), ...chain(20, 39), [0, 20]], { conflict }));
    expect(clusters).toHaveLength(2);
    expect(doubtful).toEqual([expect.objectContaining({ a: 0, b: 20, reason: "conflict" })]);
  });

  test("the order in which equally sure pairs come plays no part", () => {
    const pair = fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 9 })).filter(([a, b]) => a < b);
    const conflict = (a: number, b: number) => (a + b) % 7 === 0;
    fc.assert(
      fc.property(fc.uniqueArray(pair, { selector: ([a, b]) => a * 10 + b, maxLength: 20 }), fc.func(fc.nat()), (pairs, shuffle) => {
        const shuffled = [...pairs].sort((x, y) => shuffle(x) - shuffle(y));
        const alike = (list: typeof pairs) => {
          const order = given(10, list, { conflict });
          return members({ ...order, edges: { ...order.edges, bits: order.edges.bits.fill(10) } });
        };
        expect(alike(shuffled)).toEqual(alike(pairs));
      }),
    );
  });
});
