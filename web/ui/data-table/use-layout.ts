import { useCallback, useMemo, useState } from "react";
import { type Column, fitLayout, type TableLayout } from "./column.ts";

function read(key: string): Partial<TableLayout> | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as Partial<TableLayout> | null;
  } catch {
    return null; // damaged or forbidden storage: the page's own layout holds
  }
}

/** Which columns, how wide, in which order and how dense; kept in this browser under the table's name. */
export function useTableLayout<Row>(
  name: string,
  columns: readonly Column<Row>[],
): [TableLayout, (part: Partial<TableLayout>) => void, () => void] {
  const key = `vinculo-table-${name}`;
  const [stored, setStored] = useState(() => read(key));
  const layout = useMemo(() => fitLayout(columns, stored), [columns, stored]);
  const write = useCallback(
    (next: Partial<TableLayout> | null) => {
      setStored(next);
      try {
        if (next === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // storage is full or forbidden: the layout holds until the page is left
      }
    },
    [key],
  );
  const change = useCallback((part: Partial<TableLayout>) => write({ ...layout, ...part }), [layout, write]);
  const reset = useCallback(() => write(null), [write]);
  return [layout, change, reset];
}
