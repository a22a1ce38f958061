import { describe, expect } from "vitest";
import { test } from "../../../tests/support/database.ts";
import { sql } from "../../platform/db/index.ts";
import { decidedBy, survivorshipKey } from "./rules.ts";

const value = (text: string, changedAt: string, trust: number) => ({ value: text, changedAt: new Date(changedAt), trust });

describe("which test of the rule decided", () => {
  const anna = value("Anna", "2026-01-01", 80);
  test("nothing, when all sources say the same", () => {
    expect(decidedBy([anna, value("Anna", "2025-01-01", 10)], ["trusted", "recent"])).toBeNull();
  });
  test("the first that tells winner and best rival apart", () => {
    expect(decidedBy([anna, value("Ana", "2026-01-01", 40)], ["trusted", "recent"])).toBe("trusted");
    expect(decidedBy([anna, value("Ana", "2025-01-01", 80)], ["trusted", "recent"])).toBe("recent");
    expect(decidedBy([anna, value("Ana", "2026-01-01", 80)], ["trusted", "complete"])).toBe("complete");
  });
  test("the order of the sources, when no test does", () => {
    expect(decidedBy([anna, value("Elsa", "2026-01-01", 80)], ["trusted", "recent", "complete"])).toBe("tie");
  });
  test("an equal second value is no rival", () => {
    expect(decidedBy([anna, value("Anna", "2020-01-01", 80), value("Ana", "2019-01-01", 80)], ["trusted", "recent"])).toBe("recent");
  });
});

test("the database and the explanation rank by the same keys", async ({ tx }) => {
  const candidate = value("محمد", "2026-03-04T05:06:07Z", 70);
  for (const name of ["trusted", "recent", "complete"] as const) {
    const { rows } = await sql<{ key: number }>`
      select customers.survivorship_key(${name}, ${candidate.trust}::smallint, ${candidate.changedAt}, ${candidate.value}) as key`.execute(
      tx,
    );
    const scale = name === "recent" ? 1000 : 1;
    expect((rows[0]?.key ?? 0) * scale).toBeCloseTo(survivorshipKey(name, candidate), 3);
  }
});
