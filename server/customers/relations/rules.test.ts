import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inverseOf, keptFormOf, relationKinds } from "./kinds/contract.ts";
import type { Ownership } from "./ownership.ts";
import { effectiveShare, fits, gather, highestSum, isInForce, pathsTo, structureOf, ultimateOwners } from "./rules.ts";

const own = (owner: string, owned: string, share: number | null): Ownership => ({ owner, owned, share });
const rounded = (found: ReturnType<typeof ultimateOwners>) =>
  found.owners.map(({ owner, share }) => [owner, Math.round(share * 1e6) / 1e6]);

/** Up to eight companies and four people; shares in each company add up to at most the whole. Cycles of every length occur. */
const companies = ["a", "b", "c", "d", "e", "f", "g", "h"];
const persons = ["P", "Q", "R", "S"];
const graph = fc
  .array(
    fc.record({
      owner: fc.constantFrom(...companies, ...persons),
      owned: fc.constantFrom(...companies),
      weight: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 40 },
  )
  .chain((edges) =>
    fc.record({ edges: fc.constant(edges), free: fc.dictionary(fc.constantFrom(...companies), fc.integer({ min: 0, max: 80 })) }),
  )
  .map(({ edges, free }) => {
    const once = [...new Map(edges.map((edge) => [`${edge.owner}>${edge.owned}`, edge])).values()];
    return [...Map.groupBy(once, ({ owned }) => owned)].flatMap(([owned, group]) => {
      const whole = group.reduce((sum, { weight }) => sum + weight, free[owned] ?? 0);
      return group.map(({ owner, weight }) => own(owner, owned, weight / whole));
    });
  });

describe("ultimate owners", () => {
  test("chains multiply and paths add up", () => {
    const found = ultimateOwners([own("a", "t", 0.5), own("b", "t", 0.5), own("P", "a", 0.6), own("P", "b", 0.2), own("Q", "b", 0.8)], "t");
    expect(rounded(found)).toEqual([
      ["P", 0.4],
      ["Q", 0.4],
    ]);
    expect(found.unknown).toBeCloseTo(0.2);
  });

  test("companies that own each other are counted through the cycle", () => {
    // a holds half of b and b half of a: of each, P (40 % of a) has 0.4 / (1 - 0.25) of a.
    const found = ultimateOwners([own("a", "b", 0.5), own("b", "a", 0.5), own("P", "a", 0.5), own("Q", "b", 0.5)], "a");
    expect(rounded(found)).toEqual([
      ["P", 0.666667],
      ["Q", 0.333333],
    ]);
  });

  test("a ring that nobody owns ends, and is told as circular", () => {
    const found = ultimateOwners([own("a", "b", 1), own("b", "a", 1)], "a");
    expect(found).toMatchObject({ owners: [], circular: 1, unknown: 0 });
  });

  test("shares above the whole are scaled to it and told", () => {
    const found = ultimateOwners([own("P", "a", 0.9), own("Q", "a", 0.9)], "a");
    expect(rounded(found)).toEqual([
      ["P", 0.5],
      ["Q", 0.5],
    ]);
    expect(found.overstated).toBe(true);
  });

  test("a company without known owners is unknown, not its own owner", () => {
    expect(ultimateOwners([], "a")).toEqual({ owners: [], unknown: 1, circular: 0, overstated: false });
  });

  test("in any graph everything adds up to the whole, and nobody has more", () => {
    fc.assert(
      fc.property(graph, fc.constantFrom(...companies), (edges, company) => {
        const { owners, unknown, circular } = ultimateOwners(edges, company);
        const sum = owners.reduce((all, { share }) => all + share, unknown + circular);
        expect(sum).toBeGreaterThan(0.999);
        expect(sum).toBeLessThan(1.001);
        for (const { share } of owners) expect(share).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("the order in which relations are told does not matter", () => {
    fc.assert(
      fc.property(
        graph.chain((edges) => fc.tuple(fc.constant(edges), fc.shuffledSubarray(edges, { minLength: edges.length }))),
        fc.constantFrom(...companies),
        ([edges, shuffled], company) => {
          expect(rounded(ultimateOwners(shuffled, company))).toEqual(rounded(ultimateOwners(edges, company)));
          expect(structureOf(shuffled, company, 50)).toEqual(structureOf(edges, company, 50));
        },
      ),
    );
  });

  test("paths never say more than the effective share, and all of it where nothing goes in circles", () => {
    fc.assert(
      fc.property(graph, fc.constantFrom(...companies), (edges, company) => {
        const upwards = edges.filter(({ owner, owned }) => persons.includes(owner) || owner > owned);
        for (const [some, exact] of [
          [edges, false],
          [upwards, true],
        ] as const)
          for (const { owner, share } of ultimateOwners(some, company).owners) {
            const paths = pathsTo(some, company, owner);
            const sum = paths.reduce((all, path) => all + path.share, 0);
            expect(sum).toBeLessThan(share + 1e-4);
            if (exact && paths.length < 20) expect(sum).toBeGreaterThan(share - 1e-4);
          }
      }),
    );
  });

  test("the effective share of a company in between is what reaches it", () => {
    const edges = [own("a", "b", 0.6), own("a", "c", 0.3), own("b", "c", 0.5), own("P", "a", 0.5)];
    expect(effectiveShare(edges, "a", "c")).toBeCloseTo(0.6);
    expect(effectiveShare(edges, "P", "c")).toBeCloseTo(0.3);
    expect(effectiveShare(edges, "c", "a")).toBe(0);
  });
});

describe("structure downwards", () => {
  test("everything stands once, below the owner that is nearest to the top", () => {
    const edges = [own("t", "a", 0.6), own("t", "b", null), own("a", "c", 0.5), own("b", "c", 0.5), own("c", "t", 0.1)];
    expect(structureOf(edges, "t", 50).map(({ node, owner, depth, share }) => [node, owner, depth, share])).toEqual([
      ["a", "t", 1, 0.6],
      ["c", "a", 2, 0.5],
      ["b", "t", 1, null],
    ]);
  });

  test("is bounded", () => {
    expect(
      structureOf(
        companies.map((company) => own("t", company, 1)),
        "t",
        3,
      ),
    ).toHaveLength(3);
  });
});

describe("shares over time", () => {
  test("owners who follow one another do not add up", () => {
    const sold = { share: 0.8, fromOn: null, toOn: "2025-06-30" };
    expect(highestSum([sold, { share: 0.8, fromOn: "2025-07-01", toOn: null }])).toBeCloseTo(0.8);
    expect(highestSum([sold, { share: 0.8, fromOn: "2025-06-30", toOn: null }])).toBeCloseTo(1.6);
    expect(highestSum([])).toBe(0);
  });

  test("the first and the last day belong to a relation", () => {
    const dated = { fromOn: "2025-01-01", toOn: "2025-12-31" };
    expect(["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"].map((day) => isInForce(dated, day))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe("kinds", () => {
  test("every kind has an inverse, whose inverse it is, and one of the two is kept", () => {
    for (const kind of relationKinds) {
      expect(inverseOf(inverseOf(kind))).toBe(kind);
      expect(keptFormOf(kind).kind).toBe(keptFormOf(inverseOf(kind)).kind);
    }
  });

  test("who can stand in a relation is the same said from either side", () => {
    for (const kind of relationKinds)
      for (const a of ["person", "organisation"] as const)
        for (const b of ["person", "organisation"] as const) expect(fits(kind, a, b), kind).toBe(fits(inverseOf(kind), b, a));
    expect(fits("spouse", "person", "organisation")).toBe(false);
    expect(fits("directed_company", "organisation", "person")).toBe(true);
  });

  test("what two sources say alike is one line, what a person entered stays its own", () => {
    const said = { kind: "spouse", otherId: "b", share: null, fromOn: null, toOn: null } as const;
    const lines = gather([
      { ...said, source: "Core" },
      { ...said, source: null },
      { ...said, source: "Cards" },
    ]);
    expect(lines.map(({ sources }) => sources)).toEqual([["Cards", "Core"], []]);
  });
});
