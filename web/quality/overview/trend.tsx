import { Skeleton, useDirection } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { dimensions, readQualityTrend } from "../../../server/customers/quality/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import type { Part } from "../part.ts";
import { useQualityWords } from "../words.ts";
import classes from "./trend.module.css";
import { type DayScore, layCurve } from "./trend-layout.ts";

const daysShown = 90;

/** How the score of each dimension moved, each on its own scale. */
export function Trend({ part }: { part: Part }) {
  const { t } = useTranslation("quality");
  const answer = useEndpoint(readQualityTrend, { query: { ...part.query, days: daysShown } } as never, { keepPrevious: true });
  const points = (answer.data?.points ?? []) as readonly { day: string; dimension: string; score: number | null }[];
  const days = [...new Set(points.map(({ day }) => day))];
  return (
    <Surface title={t("trend.title", { n: daysShown })}>
      <ErrorNote error={answer.error} />
      {answer.isPending ? (
        <Skeleton height={160} />
      ) : days.length < 2 ? (
        <p className={classes.quiet}>{t("trend.tooFew")}</p>
      ) : (
        <div className={classes.charts}>
          {dimensions.map((dimension) => (
            <Curve
              key={dimension}
              dimension={dimension}
              days={points.flatMap((point) =>
                point.dimension === dimension && point.score !== null ? [{ day: point.day, score: point.score }] : [],
              )}
            />
          ))}
        </div>
      )}
    </Surface>
  );
}

function Curve({ dimension, days }: { dimension: (typeof dimensions)[number]; days: readonly DayScore[] }) {
  const { t } = useTranslation("quality");
  const words = useQualityWords();
  const format = useFormat();
  const { dir } = useDirection();
  const curve = layCurve(days, dir === "rtl");
  const [first, last] = [days[0], days.at(-1)];
  if (curve === null || first === undefined || last === undefined) return null;
  const from = `${words.score(first.score)} (${format.date(first.day, "day")})`;
  const to = `${words.score(last.score)} (${format.date(last.day, "day")})`;
  return (
    <figure className={classes.chart}>
      <figcaption>
        <span>{words.dimension(dimension)}</span>
        <strong className="num">{words.score(last.score)}</strong>
      </figcaption>
      <div className={classes.plot}>
        <span className={`num ${classes.high}`}>{format.number(curve.high)}</span>
        <span className={`num ${classes.low}`}>{format.number(curve.low)}</span>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={t("trend.from", { from, to })}>
          <polyline points={curve.points} fill="none" stroke="currentColor" strokeWidth="2" vectorEffect="non-scaling-stroke" />
        </svg>
      </div>
      <div className={classes.ends}>
        <DateText value={first.day} style="day" />
        <DateText value={last.day} style="day" />
      </div>
    </figure>
  );
}
