import { useTranslation } from "react-i18next";
import { WideTable } from "../../ui/wide-table.tsx";
import { Change } from "./change.tsx";
import classes from "./figures.module.css";
import { figureAt, measureTitle, placeOf, type Shown, titleOf } from "./shown.ts";

/** Groups of rows down; groups of columns or measures across; totals at the end. Every number opens its customers. */
export function Pivot(shown: Shown) {
  const { t } = useTranslation("reports");
  const { definition, result, measures, words } = shown;
  const rows = [...result.rows.map((_, at) => at), null];
  // A single row of figures needs no total beneath it.
  const shownRows = result.rows.length === 1 ? rows.slice(0, 1) : rows;
  const columns = definition.columns === null ? [null] : [...result.columns.map((_, at) => at), null];
  // One measure names the whole table, and needs no line of its own under each column.
  const single = definition.columns !== null && measures.length === 1;
  const dimension = definition.rows === null ? "" : words.dimension(definition.rows);
  const nameOf = (axis: "rows" | "columns", at: number | null) =>
    at === null ? t("total") : words.group(definition[axis], result[axis][at] ?? { key: null, name: null });
  const [first] = measures;
  return (
    <div>
      {single && first !== undefined && <h3 className={classes.panelTitle}>{measureTitle(words, first)}</h3>}
      <WideTable label={t("result.table")} className={classes.pivot}>
        <thead>
          {definition.columns !== null && (
            <tr>
              {single ? <th scope="col">{dimension}</th> : <td />}
              {columns.map((column) => (
                <th key={column} scope={single ? "col" : "colgroup"} colSpan={measures.length}>
                  <bdi>{nameOf("columns", column)}</bdi>
                </th>
              ))}
            </tr>
          )}
          {!single && (
            <tr>
              <th scope="col">{dimension}</th>
              {columns.map((column) =>
                measures.map((measure, at) => (
                  <th key={`${column} ${definition.measures[at]?.of} ${measure.take}`} scope="col">
                    {measureTitle(words, measure)}
                  </th>
                )),
              )}
            </tr>
          )}
        </thead>
        <tbody>
          {shownRows.map((row) => (
            <tr key={row} data-total={row === null || undefined}>
              <th scope="row">
                <bdi>{nameOf("rows", row)}</bdi>
              </th>
              {columns.map((column) =>
                measures.map((measure, at) => (
                  <td key={`${column} ${definition.measures[at]?.of} ${measure.take}`}>
                    <Cell shown={shown} row={row} column={column} at={at} />
                  </td>
                )),
              )}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}

function Cell({ shown, row, column, at }: { shown: Shown; row: number | null; column: number | null; at: number }) {
  const { definition, result, measures, words, onOpen } = shown;
  const figure = figureAt(result, row, column);
  const measure = measures[at];
  if (figure === undefined || measure === undefined) return <span className={classes.quiet}>–</span>;
  const value = figure.values[at] ?? null;
  const text = words.value(measure.choice, measure.take, value, true);
  const compared = definition.over === "months" && definition.compare !== "none";
  const title = words.value(measure.choice, measure.take, value);
  return (
    <>
      {onOpen === undefined || figure.customers === null || figure.customers === 0 ? (
        <span className="num" title={title}>
          {text}
        </span>
      ) : (
        <button
          type="button"
          className={`num ${classes.number}`}
          title={title}
          onClick={() => onOpen(placeOf(result, figure), titleOf(shown, figure))}
        >
          {text}
        </button>
      )}
      {compared && <Change value={value} before={figure.before?.[at]} />}
    </>
  );
}
