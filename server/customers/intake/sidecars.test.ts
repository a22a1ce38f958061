import { describe, expect, test } from "vitest";
import { delivered } from "../../../tests/support/delivery.ts";
import { findSidecar } from "./find-sidecar.ts";
import { openDelivery } from "./open-delivery.ts";
import { caughtByGlob } from "./reading/index.ts";

const files = (...names: readonly string[]) => names.map((name) => ({ name, path: `/delivered/${name}` }));
const sought = { name: "movements_02.csv", pattern: "movements_*.csv", alike: 2, sidecar: "movements_*.ctl" };

test.for([
  ["movements_02.csv", "movements_*.csv", ["02"]],
  ["a_b_c.csv", "*_*.csv", ["a", "b_c"]],
  ["x12y.csv", "x?2*.csv", ["1", "y"]],
  ["same.csv", "same.csv", []],
  ["other.csv", "same.csv", null],
  ["aab", "*ab", ["a"]],
] as const)("of %s the pattern %s leaves open %j", ([name, pattern, caught]) => {
  expect(caughtByGlob(name, pattern)).toEqual(caught);
});

describe("control totals of a file", () => {
  test("stand in the file for whose name the * is the same, whatever lies first", () => {
    expect(findSidecar(sought, files("movements_01.ctl", "movements_02.ctl", "movements_01.csv", "movements_02.csv")).name).toBe(
      "movements_02.ctl",
    );
  });

  test("stand in one file for all when it has no *, and in the single one beside a single file", () => {
    expect(findSidecar({ ...sought, sidecar: "totals.txt" }, files("totals.txt")).name).toBe("totals.txt");
    expect(findSidecar({ ...sought, alike: 1 }, files("movements_of_the_day.ctl")).name).toBe("movements_of_the_day.ctl");
  });

  test("are refused where none belongs to the file, or several could", () => {
    const refusedFor = (more: Partial<typeof sought>, ...names: readonly string[]) => {
      try {
        return findSidecar({ ...sought, ...more }, files(...names)).name;
      } catch (error) {
        return (error as { detail?: { reason?: string } }).detail?.reason;
      }
    };
    expect(refusedFor({}, "movements_01.csv")).toBe("no_such_file");
    expect(refusedFor({}, "movements_01.ctl")).toBe("no_such_file");
    expect(refusedFor({ name: "movements.csv", pattern: "movements.csv", alike: 1 }, "movements_01.ctl", "movements_02.ctl")).toBe(
      "which_sidecar",
    );
    expect(refusedFor({ sidecar: "totals.txt" }, "totals.txt", "totals.txt")).toBe("which_sidecar");
  });
});

const mapping = `
vinculo: 1
name: sidecars
source: { code: sidecars, name: sidecars }
files:
  - file: clients_*.csv
    control: { sidecar: "clients_*.ctl", rows: "1" }
    records: [ { kind: party, key: id, fields: { kind: { value: person }, full_name: name } } ]
`;

test("each file is held against its own totals, and a delivery announced otherwise is another load", async () => {
  const open = (second: string, more: Record<string, string[]> = {}) =>
    openDelivery(
      mapping,
      delivered({
        "clients_1.ctl": ["1"],
        "clients_2.ctl": [second],
        "clients_1.csv": ["id,name", "1,Ana"],
        "clients_2.csv": ["id,name", "2,Eva", "3,Luis"],
        ...more,
      }),
    );
  const right = await open("2");
  expect([...right.plan.announcements.values()]).toEqual(["1", "2"]);
  expect((await open("2")).loadId).toBe(right.loadId);
  expect((await open("3")).loadId).not.toBe(right.loadId);
  expect(right.plan.filesLeftOut).toEqual([]);
});
