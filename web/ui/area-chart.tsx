import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import type { AreaChartProps } from "./area-chart-props.ts";
import classes from "./chart.module.css";

const Plot = lazy(() => import("./area-chart-plot.tsx").then((module) => ({ default: module.AreaChartPlot })));

/** An amount over time. The drawing library is fetched when the first chart is shown; its place is kept meanwhile. */
export function AreaChart({ height = 220, ...chart }: AreaChartProps) {
  return (
    <figure className={classes.figure}>
      <figcaption>
        <h3 className={classes.title}>{chart.title}</h3>
        <p className="visually-hidden">{chart.summary}</p>
      </figcaption>
      {/* SVG anchors its texts by the direction; the plot turns the axes itself. */}
      <div className={classes.plot} style={{ blockSize: height }} aria-hidden="true" dir="ltr">
        <Suspense fallback={<Skeleton height={height} />}>
          <Plot {...chart} height={height} />
        </Suspense>
      </div>
    </figure>
  );
}
