// biome-ignore-all lint/a11y/useSemanticElements: rows that are positioned one by one cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active cell
import { useDirection } from "@mantine/core";
import { useVirtualizer, type VirtualItem } from "@tanstack/react-virtual";
import { type CSSProperties, useEffect, useId, useRef } from "react";
import type { Column, TableLayout } from "./column.ts";
import classes from "./data-table.module.css";
import { GridHeader } from "./grid-header.tsx";
import { SkeletonRows } from "./skeleton-rows.tsx";
import type { DataTableProps } from "./table-props.ts";
import { type ActiveCell, useGridKeys } from "./use-grid-keys.ts";
import { useAvailable, useFigureWidths, useMoreBeside } from "./use-room.ts";
import { useWidths } from "./use-widths.ts";

const rowHeights = { compact: 36, normal: 48 } as const;
/** The next page is asked for when fewer rows than this are left below the last one in sight. */
const rowsAheadMin = 20;

interface GridProps<Row> extends DataTableProps<Row> {
  layout: TableLayout;
  onLayout: (part: Partial<TableLayout>) => void;
}

/** A grid of positioned rows. It has one tab stop; the active cell is named by aria-activedescendant, so that it survives scrolling. */
export function Grid<Row>(props: GridProps<Row>) {
  const { columns, rows, label, layout, onLayout, hasMore, loadingMore, loading = false, onOpen, total } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const { dir } = useDirection();
  const rowHeight = rowHeights[layout.density];
  const virtual = useVirtualRows({ ...props, scroller, rowHeight });
  const available = useAvailable(scroller);
  const figures = useFigureWidths(scroller, columns, drawnOf(virtual.getVirtualItems(), rows));
  const { headers, widths, contentWidth } = useWidths({ columns, layout, onLayout, dir, available, figures });
  useMoreBeside(scroller, contentWidth, available);
  const keys = useGridKeys({
    rows: rows.length,
    columns: columns.length,
    dir,
    scrollTo: (row) => virtual.scrollToIndex(row),
    open: (row) => rows[row] && onOpen?.(rows[row]),
  });
  const active = rows.length > 0 ? keys.active : null;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={total?.exact && !hasMore ? rows.length + 1 : -1}
      aria-busy={loading}
      tabIndex={0}
      aria-activedescendant={active ? cellId(gridId, active.row, active.column) : undefined}
      {...keys.handlers}
    >
      <GridHeader {...props} headers={headers} widths={widths} />
      {loading && rows.length === 0 ? (
        <SkeletonRows columns={columns.length} widths={widths} height={rowHeight} />
      ) : (
        <div className={classes.rows} role="rowgroup" style={{ blockSize: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => (
            <GridRow key={item.key} {...props} row={rows[item.index] as Row} item={item} gridId={gridId} active={active} widths={widths} />
          ))}
        </div>
      )}
      {loadingMore && <SkeletonRows columns={columns.length} widths={widths} height={rowHeight} count={3} />}
    </div>
  );
}

/** Which rows are drawn, as a text: changes when one of them does. */
const drawnOf = (items: readonly VirtualItem[], rows: readonly unknown[]): string =>
  `${items[0]?.key} ${items.at(-1)?.key} ${items.length} ${rows.length}`;

const cellId = (gridId: string, row: number, column: number): string => `${gridId}-${row}-${column}`;

interface VirtualRows<Row> extends Pick<DataTableProps<Row>, "rows" | "rowKey" | "hasMore" | "onMore" | "loadingMore"> {
  scroller: { readonly current: HTMLDivElement | null };
  rowHeight: number;
}

function useVirtualRows<Row>({ rows, rowKey, hasMore, onMore, loadingMore, scroller, rowHeight }: VirtualRows<Row>) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rowKey(rows[index] as Row),
    overscan: 12,
    scrollPaddingStart: 40,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height of rows asks for new measures
  useEffect(() => virtual.measure(), [rowHeight]);
  const lastIndex = virtual.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && rows.length > 0 && lastIndex >= rows.length - rowsAheadMin) onMore?.();
  }, [hasMore, loadingMore, lastIndex, rows.length, onMore]);
  return virtual;
}

interface GridRowProps<Row> {
  columns: readonly Column<Row>[];
  row: Row;
  item: VirtualItem;
  gridId: string;
  active: ActiveCell | null;
  widths: CSSProperties;
  onOpen?: (row: Row) => void;
}

function GridRow<Row>({ columns, row, item, gridId, active, widths, onOpen }: GridRowProps<Row>) {
  const here = active?.row === item.index;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself holds the focus and the keys
    <div
      role="row"
      aria-rowindex={item.index + 2}
      tabIndex={-1}
      className={classes.row}
      data-active={here || undefined}
      data-opens={onOpen !== undefined || undefined}
      style={{ ...widths, blockSize: item.size, transform: `translateY(${item.start}px)` }}
      onClick={(event) => openUnlessInside(event.target, () => onOpen?.(row))}
    >
      {columns.map((column, index) => (
        <div
          key={column.id}
          id={cellId(gridId, item.index, index)}
          role={index === 0 ? "rowheader" : "gridcell"}
          className={classes.cell}
          data-align={column.align ?? "start"}
          data-first={index === 0 || undefined}
          data-active={(here && active?.column === index) || undefined}
        >
          <div className={classes.clip}>{column.cell(row) ?? <span className={classes.unknown}>–</span>}</div>
        </div>
      ))}
    </div>
  );
}

/** A link or a button inside a row does its own work; selecting text is not opening. */
function openUnlessInside(target: EventTarget, open: () => void): void {
  if (target instanceof Element && target.closest("a, button, input, label")) return;
  if ((window.getSelection()?.toString() ?? "") !== "") return;
  open();
}
