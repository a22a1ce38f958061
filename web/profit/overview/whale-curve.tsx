import { RangeSlider, useDirection } from "@mantine/core";
import { type PointerEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { readProfit } from "../../../server/intelligence/profit/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "../profit.module.css";
import { HEIGHT, heightOf, layWhale, placeOf, shareAt, WIDTH } from "./whale.ts";

type Curve = AnswerOf<typeof readProfit>["curve"];
export type Stretch = readonly [number, number];

interface WhaleCurveProps {
  curve: Curve;
  stretch: Stretch | null;
  onStretch: (stretch: Stretch | null) => void;
}

/** Cumulative profit over customers, best first. Dragging along it, or the slider below, chooses the customers behind a stretch. */
export function WhaleCurve({ curve, stretch, onStretch }: WhaleCurveProps) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const { dir } = useDirection();
  const rtl = dir === "rtl";
  const [drag, setDrag] = useState<Stretch | null>(null);
  const start = useRef<number | null>(null);
  const layout = layWhale(curve.points, rtl);
  const shareOf = (event: PointerEvent<SVGSVGElement>) => shareAt(event.clientX, event.currentTarget.getBoundingClientRect(), rtl);
  const ordered = (a: number, b: number): Stretch => [Math.min(a, b), Math.max(a, b)];
  const shown = drag ?? stretch;
  const y = (profit: number) => heightOf(profit, layout);
  const across = (profit: number) => ({ x1: 0, x2: WIDTH, y1: y(profit), y2: y(profit) });
  const upright = (customers: number) => ({ x1: placeOf(customers, rtl), x2: placeOf(customers, rtl), y1: 0, y2: HEIGHT });
  const summary = t("curve.summary", {
    of: format.percent(0.8),
    at: curve.eightyPercentAt === null ? "–" : format.percent(curve.eightyPercentAt),
    peak: format.percent(curve.peak?.profit ?? 1, 0),
    where: format.percent(curve.peak?.customers ?? 1, 0),
  });
  return (
    <figure className={classes.whale}>
      <div className={classes.whaleFrame}>
        <svg
          className={classes.whalePlot}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={summary}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            start.current = shareOf(event);
            setDrag(null);
          }}
          onPointerMove={(event) => {
            if (start.current !== null) setDrag(ordered(start.current, shareOf(event)));
          }}
          onPointerUp={() => {
            start.current = null;
            if (drag !== null && drag[1] - drag[0] > 0.002) onStretch(drag);
            setDrag(null);
          }}
          onPointerCancel={() => {
            start.current = null;
            setDrag(null);
          }}
        >
          {shown !== null && (
            <rect
              x={Math.min(placeOf(shown[0], rtl), placeOf(shown[1], rtl))}
              y={0}
              width={Math.abs(placeOf(shown[1], rtl) - placeOf(shown[0], rtl))}
              height={HEIGHT}
              fill="var(--v-accent-soft)"
            />
          )}
          <polygon points={layout.area} fill="var(--v-accent)" fillOpacity={0.1} />
          <g stroke="var(--v-line-strong)" strokeWidth={1} vectorEffect="non-scaling-stroke">
            <line {...across(0)} vectorEffect="non-scaling-stroke" />
            <line {...across(1)} strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />
            {curve.eightyPercentAt !== null && (
              <line {...upright(curve.eightyPercentAt)} strokeDasharray="4 4" vectorEffect="non-scaling-stroke" />
            )}
            {curve.peak !== null && <line {...upright(curve.peak.customers)} strokeDasharray="2 4" vectorEffect="non-scaling-stroke" />}
          </g>
          <polyline points={layout.line} fill="none" stroke="var(--v-accent)" strokeWidth={2.25} vectorEffect="non-scaling-stroke" />
        </svg>
        <span className={classes.whaleMark} style={{ insetBlockStart: `calc(${(y(1) / HEIGHT) * 100}% + 2px)`, insetInlineEnd: 0 }}>
          {t("curve.all", { share: format.percent(1) })}
        </span>
        {curve.eightyPercentAt !== null && (
          <span className={classes.whaleMark} style={{ insetBlockEnd: 4, insetInlineStart: `calc(${curve.eightyPercentAt * 100}% + 4px)` }}>
            {t("curve.eighty", { share: format.percent(curve.eightyPercentAt), of: format.percent(0.8) })}
          </span>
        )}
        {curve.peak !== null && curve.peak.customers < 0.995 && (
          <span
            className={classes.whaleMark}
            style={{ insetBlockStart: "38%", insetInlineEnd: `calc(${(1 - curve.peak.customers) * 100}% + 4px)` }}
          >
            {t("curve.peak", { share: format.percent(curve.peak.profit, 0) })}
          </span>
        )}
      </div>
      <div className={classes.slider}>
        <RangeSlider
          min={0}
          max={100}
          step={1}
          minRange={1}
          thumbFromLabel={t("curve.from")}
          thumbToLabel={t("curve.to")}
          label={(value) => format.percent(value / 100)}
          value={[Math.round((shown?.[0] ?? 0) * 100), Math.round((shown?.[1] ?? 1) * 100)]}
          onChange={([from, to]) => setDrag([from / 100, to / 100])}
          onChangeEnd={([from, to]) => {
            setDrag(null);
            onStretch([from / 100, to / 100]);
          }}
        />
      </div>
      <figcaption className={classes.whaleTexts}>{summary}</figcaption>
    </figure>
  );
}
