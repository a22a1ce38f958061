import { useDirection } from "@mantine/core";
import classes from "./figures.module.css";
import { Legend } from "./legend.tsx";
import { figureAt, measureTitle, type Shown, type ShownMeasure } from "./shown.ts";

const WIDTH = 600;
const HEIGHT = 160;

/** One part a measure: how it runs over the groups, with what was before as a thin line. Read from the start of the reading direction. */
export function Line(shown: Shown) {
  const { definition, measures } = shown;
  return (
    <div className={classes.panels} data-count={measures.length}>
      {measures.map((measure, at) => (
        <Course key={`${definition.measures[at]?.of} ${measure.take}`} shown={shown} measure={measure} at={at} />
      ))}
    </div>
  );
}

function Course({ shown, measure, at }: { shown: Shown; measure: ShownMeasure; at: number }) {
  const { dir } = useDirection();
  const { definition, result, words } = shown;
  const figures = result.rows.map((group, row) => ({ name: words.group(definition.rows, group), figure: figureAt(result, row, null) }));
  const values = figures.map(({ figure }) => numberOf(figure?.values[at]));
  const befores = figures.map(({ figure }) => numberOf(figure?.before?.[at]));
  const all = [...values, ...befores].filter((value) => value !== null);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  const span = high - low || 1;
  const x = (place: number) => {
    const share = figures.length < 2 ? 0.5 : place / (figures.length - 1);
    return (dir === "rtl" ? 1 - share : share) * WIDTH;
  };
  const y = (value: number) => HEIGHT - ((value - low) / span) * HEIGHT;
  const pathOf = (series: readonly (number | null)[]) => {
    const points = series.flatMap((value, place) => (value === null ? [] : [`${x(place).toFixed(1)},${y(value).toFixed(1)}`]));
    return points.length === 0 ? "" : `M${points.join("L")}`;
  };
  const say = (value: number | null) => words.value(measure.choice, measure.take, value === null ? null : String(value), true);
  const title = measureTitle(words, measure);
  const [first, last] = [figures[0], figures.at(-1)];
  return (
    <section className={classes.panel}>
      <h3 className={classes.panelTitle}>{title}</h3>
      <div className={classes.course}>
        <div className={classes.scale}>
          <span className="num">{say(high)}</span>
          <span className="num">{say(low)}</span>
        </div>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={classes.plot} role="img" aria-label={title}>
          <line x1={0} x2={WIDTH} y1={y(0)} y2={y(0)} className={classes.zero} />
          {befores.some((value) => value !== null) && <path d={pathOf(befores)} className={classes.lineBefore} />}
          <path d={pathOf(values)} className={classes.line} />
        </svg>
        <p className={classes.ends}>
          <span>{first?.name}</span>
          <span>{last?.name}</span>
        </p>
      </div>
      {befores.some((value) => value !== null) && <Legend definition={definition} />}
    </section>
  );
}

const numberOf = (value: string | null | undefined): number | null => (value === null || value === undefined ? null : Number(value));
