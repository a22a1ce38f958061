import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import type { Column } from "./column.ts";
import classes from "./data-table.module.css";

type Scroller = RefObject<HTMLDivElement | null>;

/** Pixels beside a figure: the padding of its cell on both sides, and what rounding takes. */
const besideFigure = 25;

/** Pixels the table has from edge to edge; 0 before it is measured. */
export function useAvailable(scroller: Scroller): number {
  const [available, setAvailable] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const measure = () => setAvailable(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return available;
}

/**
 * Pixels that the widest figure drawn so far needs, by column. It only grows, so that a column does not breathe while one scrolls;
 * other columns (another language, other digits) begin anew.
 */
export function useFigureWidths<Row>(
  scroller: Scroller,
  columns: readonly Column<Row>[],
  drawn: unknown,
): Readonly<Record<string, number>> {
  const [known, setKnown] = useState<{ of: readonly Column<Row>[]; widths: Record<string, number> }>({ of: columns, widths: {} });
  const [fonts, setFonts] = useState(0);
  useEffect(() => {
    let gone = false;
    void document.fonts.ready.then(() => !gone && setFonts((before) => before + 1));
    return () => {
      gone = true;
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the fonts and the rows drawn are what the widths depend on
  useLayoutEffect(() => {
    const found = measure(scroller.current, columns);
    setKnown((before) => {
      const kept = before.of === columns ? before.widths : {};
      const wider = Object.entries(found).filter(([id, width]) => width > (kept[id] ?? -1));
      if (wider.length === 0 && before.of === columns) return before;
      return { of: columns, widths: { ...kept, ...Object.fromEntries(wider) } };
    });
  }, [scroller, columns, drawn, fonts]);
  return known.widths;
}

function measure<Row>(scroller: HTMLElement | null, columns: readonly Column<Row>[]): Record<string, number> {
  const widths: Record<string, number> = {};
  for (const row of scroller?.getElementsByClassName(classes.row ?? "") ?? []) {
    for (const [index, column] of columns.entries()) {
      const content = row.children[index]?.firstElementChild;
      // What holds a figure takes the width of its content (data-table.module.css); words take the width of their column.
      if (!(content instanceof HTMLElement) || getComputedStyle(content).overflowX !== "visible") continue;
      widths[column.id] = Math.max(widths[column.id] ?? 0, Math.ceil(content.getBoundingClientRect().width) + besideFigure);
    }
  }
  return widths;
}

/** Marks the scroller while columns lie beyond its end, so that the eye sees there is more. */
export function useMoreBeside(scroller: Scroller, contentWidth: number, available: number): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: whether there is more depends on both widths
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const mark = () => {
      const left = element.scrollWidth - element.clientWidth - Math.abs(element.scrollLeft);
      element.toggleAttribute("data-more", left > 1);
    };
    mark();
    element.addEventListener("scroll", mark, { passive: true });
    return () => element.removeEventListener("scroll", mark);
  }, [scroller, contentWidth, available]);
}
