import type { ReactNode } from "react";
import classes from "./figures.module.css";
import { Legend } from "./legend.tsx";
import { Months } from "./months.tsx";
import { figureAt, measureTitle, placeOf, type Shown, type ShownMeasure, titleOf } from "./shown.ts";

const BARS_MAX = { whole: 24, short: 8 } as const;

/** One part a measure: a bar a group, along the reading direction; with columns each bar is made of them. */
export function Bars(shown: Shown) {
  const { definition, measures, result } = shown;
  if (definition.rows === "month") return <Months {...shown} />;
  const stacked = definition.columns !== null && measures[0]?.take !== "average" && !result.overlaps;
  if (stacked) return <Stacks {...shown} />;
  return (
    <div className={classes.panels} data-count={measures.length}>
      {measures.map((measure, at) => (
        <Panel key={`${definition.measures[at]?.of} ${measure.take}`} shown={shown} measure={measure} at={at} />
      ))}
    </div>
  );
}

function Panel({ shown, measure, at }: { shown: Shown; measure: ShownMeasure; at: number }) {
  const { definition, result, words } = shown;
  const rows = result.rows
    .slice(0, BARS_MAX[shown.short ? "short" : "whole"])
    .map((group, row) => ({ row, name: words.group(definition.rows, group), figure: figureAt(result, row, null) }));
  const values = rows.map(({ figure }) => Number(figure?.values[at] ?? 0));
  const befores = rows.map(({ figure }) => Number(figure?.before?.[at] ?? 0));
  const high = Math.max(...values.map(Math.abs), ...befores.map(Math.abs), 1e-12);
  const title = measureTitle(words, measure);
  return (
    <section className={classes.panel}>
      <h3 className={classes.panelTitle}>{title}</h3>
      <table className={classes.bars} aria-label={title}>
        <tbody>
          {rows.map(({ row, name, figure }, place) => (
            <tr key={row}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              <td>
                <BarButton shown={shown} row={row} column={null}>
                  <span
                    className={classes.bar}
                    data-negative={(values[place] ?? 0) < 0 || undefined}
                    style={{ inlineSize: `max(1px, ${(Math.abs(values[place] ?? 0) / high) * 100}%)` }}
                  />
                  {figure?.before != null && (
                    <span className={classes.barBefore} style={{ inlineSize: `${(Math.abs(befores[place] ?? 0) / high) * 100}%` }} />
                  )}
                </BarButton>
              </td>
              <td className="num">{words.value(measure.choice, measure.take, figure?.values[at] ?? null, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.some(({ figure }) => figure?.before != null) && <Legend definition={definition} />}
    </section>
  );
}

const shades = [100, 72, 50, 34, 22, 14];
/** From the deepest to the palest; what is left shares the last. */
const shade = (at: number): string => `color-mix(in oklab, var(--v-accent) ${shades[Math.min(at, shades.length - 1)]}%, var(--v-sunken))`;

function Stacks(shown: Shown) {
  const { definition, result, measures, words } = shown;
  const [measure] = measures;
  if (measure === undefined) return null;
  const columns = result.columns.map((group, column) => ({ column, name: words.group(definition.columns, group) }));
  const title = measureTitle(words, measure);
  const totalOf = (row: number | null) => Math.abs(Number(figureAt(result, row, null)?.values[0] ?? 0));
  const high = Math.max(...result.rows.map((_, row) => totalOf(row)), 1e-12);
  return (
    <section className={classes.panel}>
      <h3 className={classes.panelTitle}>{title}</h3>
      <p className={classes.legend}>
        {columns.map(({ column, name }) => (
          <span key={column}>
            <i className={classes.swatch} style={{ background: shade(column) }} /> <bdi>{name}</bdi>
          </span>
        ))}
      </p>
      <table className={classes.bars} aria-label={title}>
        <tbody>
          {result.rows.slice(0, BARS_MAX[shown.short ? "short" : "whole"]).map((group, row) => (
            <tr key={group.key}>
              <th scope="row">
                <bdi>{words.group(definition.rows, group)}</bdi>
              </th>
              <td>
                <span className={classes.stack} style={{ inlineSize: `${(totalOf(row) / high) * 100}%` }}>
                  {columns.map(({ column, name }) => {
                    const value = figureAt(result, row, column)?.values[0] ?? null;
                    const share = totalOf(row) === 0 ? 0 : Math.abs(Number(value ?? 0)) / totalOf(row);
                    const text = `${name}: ${words.value(measure.choice, measure.take, value)}`;
                    return (
                      share > 0 && (
                        <span
                          key={column}
                          className={classes.stackPart}
                          title={text}
                          style={{ inlineSize: `${share * 100}%`, background: shade(column) }}
                        >
                          <BarButton shown={shown} row={row} column={column}>
                            <span className="visually-hidden">{text}</span>
                          </BarButton>
                        </span>
                      )
                    );
                  })}
                </span>
              </td>
              <td className="num">{words.value(measure.choice, measure.take, figureAt(result, row, null)?.values[0] ?? null, true)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A bar that opens its customers, where there is room for them. The table beneath says the same to the keyboard, so it is no stop of its own there. */
function BarButton({ shown, row, column, children }: { shown: Shown; row: number; column: number | null; children: ReactNode }) {
  const figure = figureAt(shown.result, row, column);
  if (shown.onOpen === undefined || figure === undefined || figure.customers === null)
    return <span className={classes.barFrame}>{children}</span>;
  const { onOpen, result } = shown;
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-label={titleOf(shown, figure)}
      className={classes.barFrame}
      onClick={() => onOpen(placeOf(result, figure), titleOf(shown, figure))}
    >
      {children}
    </button>
  );
}
