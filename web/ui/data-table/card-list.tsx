import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import classes from "./card-list.module.css";
import type { Column } from "./column.ts";
import type { DataTableProps } from "./table-props.ts";

const cardHeightGuess = 96;
const cardsAheadMin = 8;

/** The phone's form of a table: a heading, its figure, and the other values as labelled lines. */
export function CardList<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, label, onOpen, hasMore, onMore, loadingMore, loading } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => cardHeightGuess,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loadingMore && rows.length > 0 && lastIndex >= rows.length - cardsAheadMin) onMore?.();
  }, [hasMore, loadingMore, lastIndex, rows.length, onMore]);
  if (loading && rows.length === 0) return <CardSkeletons />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: cards without links scroll too, and the keyboard must reach them
    <section ref={scroller} className={classes.scroller} tabIndex={0} aria-label={label}>
      <ul className={classes.list} aria-label={label} style={{ blockSize: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index] as Row;
          return (
            <li
              key={rowKey(row)}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={hasMore ? -1 : rows.length}
              aria-posinset={item.index + 1}
              className={classes.item}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Card columns={columns} row={row} open={onOpen ? () => onOpen(row) : undefined} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Card<Row>({ columns, row, open }: { columns: readonly Column<Row>[]; row: Row; open: (() => void) | undefined }) {
  const at = (place: Column<Row>["card"]): Column<Row>[] =>
    columns.filter((column) => (column.card ?? (column.hidden ? "none" : "line")) === place);
  const titles = at("title");
  const title: ReactNode = (titles.length > 0 ? titles : columns.slice(0, 1)).map((column) => (
    <div key={column.id}>{column.cell(row)}</div>
  ));
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the heading inside is the link; the card only makes the target larger for a thumb
    <div
      className={classes.card}
      onClick={(event) => (event.target instanceof Element && event.target.closest("a, button") ? undefined : open?.())}
    >
      <div className={classes.top}>
        <div className={classes.title}>{title}</div>
        <div className={`num ${classes.figure}`}>
          {at("figure")
            .map((column) => ({ column, value: column.cell(row) }))
            .filter(({ value }) => value !== null)
            .map(({ column, value }) => (
              <div key={column.id}>
                <span className="visually-hidden">{column.header}: </span>
                {value}
              </div>
            ))}
        </div>
      </div>
      <dl className={classes.lines}>
        {at("line")
          .filter((column) => titles.length > 0 || column !== columns[0])
          .map((column) => ({ column, value: column.cell(row) }))
          .filter(({ column, value }) => value !== null && value !== "" && (column.onCard?.(row) ?? true))
          .map(({ column, value }) => (
            <div key={column.id}>
              <dt>{column.header}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  );
}

function CardSkeletons() {
  return (
    <div className={classes.scroller} aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((index) => (
        <div key={index} className={classes.skeleton} />
      ))}
    </div>
  );
}
