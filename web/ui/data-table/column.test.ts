import { expect, test } from "vitest";
import { type Column, fitLayout, nextSort } from "./column.ts";
import { moveCell } from "./use-grid-keys.ts";

const column = (id: string, hidden = false): Column<object> => ({ id, header: id, cell: () => null, hidden });

test("a stored layout survives new and vanished columns, and the first column can neither move nor hide", () => {
  const columns = [column("name"), column("new"), column("city"), column("age", true)];
  const layout = fitLayout(columns, { order: ["city", "gone", "name"], hidden: ["name", "gone"], widths: {}, density: "normal" });
  expect(layout.order[0]).toBe("name");
  expect([...layout.order].sort()).toEqual(["age", "city", "name", "new"]);
  expect(layout.hidden).toEqual([]);
});

test("without a stored layout the page's own holds", () => {
  expect(fitLayout([column("name"), column("age", true)], null)).toEqual({
    order: ["name", "age"],
    hidden: ["age"],
    widths: {},
    density: "compact",
  });
});

test("a header sorts up, then down, then up", () => {
  const up = nextSort(null, "name");
  expect([up.direction, nextSort(up, "name").direction, nextSort({ column: "name", direction: "desc" }, "name").direction]).toEqual([
    "asc",
    "desc",
    "asc",
  ]);
});

test("arrows move by what the eye sees: in a right-to-left page the left arrow goes on", () => {
  const grid = { rows: 3, columns: 3, dir: "rtl" as const };
  expect(moveCell({ row: 0, column: 0 }, "ArrowLeft", grid)).toEqual({ row: 0, column: 1 });
  expect(moveCell({ row: 0, column: 0 }, "ArrowRight", grid)).toEqual({ row: 0, column: 0 });
  expect(moveCell({ row: 2, column: 1 }, "ArrowDown", grid)).toEqual({ row: 2, column: 1 });
  expect(moveCell({ row: 0, column: 0 }, "x", grid)).toBeNull();
});
