import classes from "./figures.module.css";
import { Legend } from "./legend.tsx";
import { figureAt, measureTitle, placeOf, type Shown, type ShownMeasure, titleOf } from "./shown.ts";

/** One part a measure: a column a month, along the reading direction, with what was before as a narrow one behind it. */
export function Months(shown: Shown) {
  const { definition, measures } = shown;
  return (
    <div className={classes.panels}>
      {measures.map((measure, at) => (
        <Panel key={`${definition.measures[at]?.of} ${measure.take}`} shown={shown} measure={measure} at={at} />
      ))}
    </div>
  );
}

function Panel({ shown, measure, at }: { shown: Shown; measure: ShownMeasure; at: number }) {
  const { definition, result, words, onOpen } = shown;
  const months = result.rows.map((group, row) => ({ row, name: words.group(definition.rows, group), figure: figureAt(result, row, null) }));
  const values = months.map(({ figure }) => Number(figure?.values[at] ?? 0));
  const befores = months.map(({ figure }) => Number(figure?.before?.[at] ?? 0));
  const compared = months.some(({ figure }) => figure?.before != null);
  const high = Math.max(0, ...values, ...befores);
  const low = Math.min(0, ...values, ...befores);
  const span = high - low || 1;
  const placed = (value: number) => ({
    insetBlockStart: `${((high - Math.max(0, value)) / span) * 100}%`,
    blockSize: `max(1px, ${(Math.abs(value) / span) * 100}%)`,
  });
  const title = measureTitle(words, measure);
  const say = (value: number) => words.value(measure.choice, measure.take, String(value), true);
  return (
    <section className={classes.panel}>
      <h3 className={classes.panelTitle}>{title}</h3>
      <div className={classes.course}>
        <div className={classes.scale}>
          <span className="num">{say(high)}</span>
          <span className="num">{say(low)}</span>
        </div>
        <ul className={classes.months} aria-label={title}>
          {months.map(({ row, name, figure }, place) => {
            const text = `${name}: ${words.value(measure.choice, measure.take, figure?.values[at] ?? null)}`;
            const bars = (
              <>
                <span className="visually-hidden">{text}</span>
                {compared && <span className={classes.monthBefore} style={placed(befores[place] ?? 0)} />}
                <span
                  className={classes.month}
                  data-alone={!compared || undefined}
                  data-negative={(values[place] ?? 0) < 0 || undefined}
                  style={placed(values[place] ?? 0)}
                />
              </>
            );
            return (
              <li key={row} title={text}>
                {onOpen === undefined || figure === undefined || figure.customers === null ? (
                  bars
                ) : (
                  <button
                    type="button"
                    tabIndex={-1}
                    className={classes.monthOpen}
                    onClick={() => onOpen(placeOf(result, figure), titleOf(shown, figure))}
                  >
                    {bars}
                  </button>
                )}
              </li>
            );
          })}
        </ul>
        <p className={classes.ends}>
          <span>{months[0]?.name}</span>
          <span>{months.at(-1)?.name}</span>
        </p>
      </div>
      {compared && <Legend definition={definition} />}
    </section>
  );
}
