import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { type CSSProperties, useEffect, useMemo, useState } from "react";
import type { Column, TableLayout } from "./column.ts";

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const noRows: object[] = [];

interface Widths<Row> {
  columns: readonly Column<Row>[];
  layout: TableLayout;
  onLayout: (part: Partial<TableLayout>) => void;
  dir: "ltr" | "rtl";
}

/** The columns' widths, and the handles that change them: from 64 to 720 pixels, kept when the hand lets go. */
export function useWidths<Row>({ columns, layout, onLayout, dir }: Widths<Row>) {
  const [sizing, setSizing] = useState<Record<string, number>>(() => ({ ...layout.widths }));
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        size: column.width ?? 160,
        minSize: 64,
        maxSize: 720,
        accessorFn: () => null,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: "onChange",
    columnResizeDirection: dir,
    state: { columnSizing: sizing },
    onColumnSizingChange: (change) => setSizing((before) => (typeof change === "function" ? change(before) : change)),
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const resizing = headers.some((header) => header.column.getIsResizing());
  useEffect(() => setSizing({ ...layout.widths }), [layout.widths]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths are kept when the hand lets go, not at each pixel
  useEffect(() => {
    if (!resizing && JSON.stringify(sizing) !== JSON.stringify(layout.widths)) onLayout({ widths: sizing });
  }, [resizing]);
  // The last track takes what is left over, so that lines run to the edge.
  const widths: CSSProperties = { gridTemplateColumns: `${headers.map((header) => `${header.getSize()}px`).join(" ")} minmax(0, 1fr)` };
  return { headers, widths };
}
