import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { type CSSProperties, useEffect, useMemo, useState } from "react";
import type { Column, TableLayout } from "./column.ts";
import { fitWidths } from "./fit-widths.ts";

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const noRows: object[] = [];

interface Widths<Row> {
  columns: readonly Column<Row>[];
  layout: TableLayout;
  onLayout: (part: Partial<TableLayout>) => void;
  dir: "ltr" | "rtl";
  /** Pixels the table has from edge to edge; 0 while unknown. */
  available: number;
  /** Pixels that figures need, by column. */
  figures: Readonly<Record<string, number>>;
}

/** The columns' widths, and the handles that change them: from 64 to 720 pixels, kept when the hand lets go. Figures are never cut. */
export function useWidths<Row>({ columns, layout, onLayout, dir, available, figures }: Widths<Row>) {
  const [sizing, setSizing] = useState<Record<string, number>>(() => ({ ...layout.widths }));
  const definitions = useMemo(() => {
    const wanted = columns.map(({ id, width = 160 }) => ({
      width: sizing[id] ?? width,
      chosen: id in sizing,
      figures: figures[id] ?? null,
    }));
    const fitted = fitWidths(wanted, available);
    return columns.map((column, index) => ({
      id: column.id,
      header: column.header,
      size: fitted[index] ?? 160,
      minSize: Math.max(64, figures[column.id] ?? 0),
      maxSize: Math.max(720, figures[column.id] ?? 0),
      accessorFn: () => null,
    }));
  }, [columns, sizing, figures, available]);
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
  const pixels = headers.map((header) => header.getSize());
  // The last track takes what is left over, so that lines run to the edge.
  const widths: CSSProperties = { gridTemplateColumns: `${pixels.map((width) => `${width}px`).join(" ")} minmax(0, 1fr)` };
  return { headers, widths, contentWidth: pixels.reduce((sum, width) => sum + width, 0) };
}
