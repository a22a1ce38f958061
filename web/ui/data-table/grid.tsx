import { useDirection } from "@mantine/core";
import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, useEffect, useId, useMemo, useRef, useState } from "react";
import type { Column, TableLayout } from "./column.ts";
import classes from "./data-table.module.css";
import type { DataTableProps } from "./data-table.tsx";
import { GridHeader } from "./grid-header.tsx";
import { SkeletonRows } from "./skeleton-rows.tsx";
import { useGridKeys } from "./use-grid-keys.ts";

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const rowHeights = { compact: 36, normal: 48 } as const;
/** The next page is asked for when fewer rows than this are left below the last one in sight. */
const rowsAheadMin = 20;

interface GridProps<Row> extends DataTableProps<Row> {
  layout: TableLayout;
  onLayout: (part: Partial<TableLayout>) => void;
}

export function Grid<Row>(props: GridProps<Row>) {
  const { columns, rows, rowKey, label, layout, onLayout, hasMore, onMore, loadingMore, loading, onOpen, total } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const { dir } = useDirection();
  const [sizing, setSizing] = useState<Record<string, number>>(() => ({ ...layout.widths }));
  const definitions = useMemo(
    () => columns.map((column) => ({ id: column.id, header: column.header, size: column.width ?? 160, minSize: 64, maxSize: 720, accessorFn: () => null })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[] & object[],
    getRowId: rowKey as (row: object) => string,
    columnResizeMode: "onChange",
    columnResizeDirection: dir,
    state: { columnSizing: sizing },
    onColumnSizingChange: (change) => setSizing((before) => (typeof change === "function" ? change(before) : change)),
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const resizing = headers.some((header) => header.column.getIsResizing());
  // biome-ignore lint/correctness/useExhaustiveDependencies: widths are kept when the hand lets go, not at each pixel
  useEffect(() => {
    if (!resizing && JSON.stringify(sizing) !== JSON.stringify(layout.widths)) onLayout({ widths: sizing });
  }, [resizing]);
  useEffect(() => setSizing({ ...layout.widths }), [layout.widths]);
  const rowHeight = rowHeights[layout.density];
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12, scrollPaddingStart: 40 });
  useEffect(() => virtual.measure(), [rowHeight, virtual]);
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && rows.length > 0 && lastIndex >= rows.length - rowsAheadMin) onMore?.();
  }, [hasMore, loadingMore, lastIndex, rows.length, onMore]);
  const keys = useGridKeys({ rows: rows.length, columns: columns.length, dir, scrollTo: (row) => virtual.scrollToIndex(row), open: (row) => rows[row] && onOpen?.(rows[row] as Row) });
  const widths: CSSProperties = { gridTemplateColumns: `${headers.map((header) => `${header.getSize()}px`).join(" ")} minmax(0, 1fr)` };
  const cellId = (row: number, column: number) => `${gridId}-${row}-${column}`;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual grid of positioned rows cannot be a table element
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total?.exact && !hasMore ? rows.length + 1 : -1}
      aria-colcount={columns.length}
      aria-busy={loading}
      tabIndex={0}
      aria-activedescendant={keys.active && rows.length > 0 ? cellId(keys.active.row, keys.active.column) : undefined}
      {...keys.handlers}
    >
      <GridHeader {...props} headers={headers} widths={widths} />
      {loading && rows.length === 0 ? (
        <SkeletonRows columns={columns.length} widths={widths} height={rowHeight} />
      ) : (
        <div className={classes.rows} role="rowgroup" style={{ blockSize: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index] as Row;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive lint/a11y/useSemanticElements: the grid itself holds the focus and the keys
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes.row}
                data-active={keys.active?.row === item.index || undefined}
                data-opens={onOpen !== undefined || undefined}
                style={{ ...widths, blockSize: rowHeight, transform: `translateY(${item.start}px)` }}
                onClick={(event) => openUnlessInside(event.target, () => onOpen?.(row))}
              >
                {columns.map((column, index) => (
                  <Cell
                    key={column.id}
                    column={column}
                    row={row}
                    id={cellId(item.index, index)}
                    index={index}
                    active={keys.active?.row === item.index && keys.active.column === index}
                  />
                ))}
              </div>
            );
          })}
        </div>
      )}
      {loadingMore && <SkeletonRows columns={columns.length} widths={widths} height={rowHeight} count={3} />}
    </div>
  );
}

function Cell<Row>({ column, row, id, index, active }: { column: Column<Row>; row: Row; id: string; index: number; active: boolean }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: see the grid
    <div
      id={id}
      role={index === 0 ? "rowheader" : "gridcell"}
      aria-colindex={index + 1}
      className={classes.cell}
      data-align={column.align ?? "start"}
      data-first={index === 0 || undefined}
      data-active={active || undefined}
    >
      <div className={classes.clip}>{column.cell(row)}</div>
    </div>
  );
}

/** A link or a button inside a row does its own work; selecting text is not opening. */
function openUnlessInside(target: EventTarget, open: () => void): void {
  if (target instanceof Element && target.closest("a, button, input, label")) return;
  if ((window.getSelection()?.toString() ?? "") !== "") return;
  open();
}
