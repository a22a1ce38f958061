import { type FocusEvent, type KeyboardEvent, useState } from "react";

export interface ActiveCell {
  readonly row: number;
  readonly column: number;
}

interface GridKeys {
  rows: number;
  columns: number;
  dir: "ltr" | "rtl";
  scrollTo: (row: number) => void;
  open: (row: number) => void;
}

/** Rows that Page Up and Page Down go. */
const pageRows = 15;

/** Where a key leads from a cell, or null when the key is none of the grid's. */
export function moveCell(
  from: ActiveCell,
  key: string,
  { rows, columns, dir }: Pick<GridKeys, "rows" | "columns" | "dir">,
): ActiveCell | null {
  const forward = dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const back = dir === "rtl" ? "ArrowRight" : "ArrowLeft";
  const row = (value: number): ActiveCell => ({ row: Math.max(0, Math.min(rows - 1, value)), column: from.column });
  const column = (value: number): ActiveCell => ({ row: from.row, column: Math.max(0, Math.min(columns - 1, value)) });
  switch (key) {
    case "ArrowDown":
      return row(from.row + 1);
    case "ArrowUp":
      return row(from.row - 1);
    case "PageDown":
      return row(from.row + pageRows);
    case "PageUp":
      return row(from.row - pageRows);
    case forward:
      return column(from.column + 1);
    case back:
      return column(from.column - 1);
    case "Home":
      return column(0);
    case "End":
      return column(columns - 1);
    default:
      return null;
  }
}

/** The grid has one tab stop; arrows move the active cell within it, Enter opens its row. */
export function useGridKeys(grid: GridKeys) {
  const [active, setActive] = useState<ActiveCell | null>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || grid.rows === 0) return;
    const from = active ?? { row: 0, column: 0 };
    if (event.key === "Enter") {
      event.preventDefault();
      grid.open(from.row);
      return;
    }
    const toEdge = event.ctrlKey && (event.key === "Home" || event.key === "End");
    const next = toEdge ? { row: event.key === "Home" ? 0 : grid.rows - 1, column: from.column } : moveCell(from, event.key, grid);
    if (!next) return;
    event.preventDefault();
    setActive(next);
    grid.scrollTo(next.row);
  };
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    if (event.target === event.currentTarget) setActive((before) => before ?? { row: 0, column: 0 });
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setActive(null);
  };
  return { active: active && active.row < grid.rows ? active : null, handlers: { onKeyDown, onFocus, onBlur } };
}
