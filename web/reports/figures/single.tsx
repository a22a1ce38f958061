import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Change } from "./change.tsx";
import classes from "./figures.module.css";
import { figureAt, measureTitle, type Shown } from "./shown.ts";

/** Without groups: one figure a measure. */
export function Single({ result, measures, words, onOpen, definition }: Shown) {
  const figure = figureAt(result, null, null);
  if (figure === undefined) return null;
  return (
    <StatRow>
      {measures.map((measure, at) => {
        const text = words.value(measure.choice, measure.take, figure.values[at] ?? null);
        const compared = definition.over === "months" && definition.compare !== "none";
        return (
          <StatCard
            key={definition.measures[at]?.of}
            label={measureTitle(words, measure)}
            value={
              onOpen === undefined ? (
                text
              ) : (
                <button type="button" className={classes.number} onClick={() => onOpen({}, measureTitle(words, measure))}>
                  {text}
                </button>
              )
            }
            note={compared ? <Change value={figure.values[at] ?? null} before={figure.before?.[at]} /> : undefined}
          />
        );
      })}
    </StatRow>
  );
}
