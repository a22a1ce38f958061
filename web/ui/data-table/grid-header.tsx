// biome-ignore-all lint/a11y/useSemanticElements: rows that are positioned one by one cannot be a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid holds the focus and names the active cell
import { ChevronDownIcon, ChevronUpIcon } from "@primer/octicons-react";
import type { CSSProperties } from "react";
import { useTranslation } from "react-i18next";
import { type Column, nextSort, type Sort } from "./column.ts";
import classes from "./data-table.module.css";

interface ResizableHeader {
  readonly id: string;
  readonly column: { readonly getIsResizing: () => boolean };
  readonly getResizeHandler: () => (event: unknown) => void;
}

interface GridHeaderProps<Row> {
  columns: readonly Column<Row>[];
  headers: readonly ResizableHeader[];
  widths: CSSProperties;
  sort?: Sort | null;
  onSort?: (sort: Sort) => void;
}

export function GridHeader<Row>({ columns, headers, widths, sort = null, onSort }: GridHeaderProps<Row>) {
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow} style={widths}>
        {columns.map((column, index) => {
          const header = headers[index];
          const direction = sort?.column === column.id ? sort.direction : null;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={direction === null ? (column.sortable ? "none" : undefined) : direction === "asc" ? "ascending" : "descending"}
              className={classes.headCell}
              data-align={column.align ?? "start"}
              data-first={index === 0 || undefined}
            >
              {column.sortable && onSort ? (
                <button type="button" className={classes.sort} onClick={() => onSort(nextSort(sort, column.id))}>
                  <span className={classes.clip}>{column.header}</span>
                  {direction === "asc" && <ChevronUpIcon size={12} />}
                  {direction === "desc" && <ChevronDownIcon size={12} />}
                </button>
              ) : (
                <span className={classes.clip}>{column.header}</span>
              )}
              {header && <Resizer header={header} label={column.header} />}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** For the pointer only: with the keyboard a column is made wider in the column chooser. */
function Resizer({ header, label }: { header: ResizableHeader; label: string }) {
  const { t } = useTranslation("ui");
  const start = header.getResizeHandler();
  return (
    <span
      className={classes.resizer}
      data-resizing={header.column.getIsResizing() || undefined}
      onMouseDown={start}
      onTouchStart={start}
      title={t("table.resize", { column: label })}
      aria-hidden="true"
    />
  );
}
