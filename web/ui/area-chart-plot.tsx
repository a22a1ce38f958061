import "@mantine/charts/styles.css";
import { AreaChart } from "@mantine/charts";
import { useDirection } from "@mantine/core";
import { useMemo } from "react";
import type { AreaChartProps } from "./area-chart-props.ts";
import { currencyDecimals } from "./currency.ts";
import { useFormat } from "./preferences.tsx";

/** Numbers here only place the curve; what a person reads is made from minor units. */
export function AreaChartPlot({ points, currency, height = 220 }: AreaChartProps) {
  const format = useFormat();
  const { dir } = useDirection();
  // SVG text runs from left to right here; "3 million" and "1 Azar" keep the order of their language.
  const isolated = (text: string): string => (dir === "rtl" ? `\u2067${text}\u2069` : text);
  const unit = 10 ** currencyDecimals(currency);
  const data = useMemo(() => points.map((point) => ({ date: point.date, value: Number(point.minor) / unit })), [points, unit]);
  // The axis always holds zero, and the area lies between the curve and zero, also where all of it is owed.
  const owed = data.some(({ value }) => value < 0);
  const had = data.some(({ value }) => value > 0);
  const spanDays = points.length < 2 ? 0 : (Date.parse(points.at(-1)?.date ?? "") - Date.parse(points[0]?.date ?? "")) / 86_400_000;
  return (
    <AreaChart
      h={height}
      data={data}
      dataKey="date"
      series={[{ name: "value", color: "petrol.6" }]}
      curveType="stepAfter"
      withDots={false}
      strokeWidth={1.75}
      fillOpacity={0.12}
      withGradient={false}
      gridAxis="x"
      strokeDasharray="0"
      areaChartProps={{ accessibilityLayer: false }}
      tickLine="none"
      xAxisProps={{
        reversed: dir === "rtl",
        minTickGap: 48,
        tickFormatter: (date: string) => isolated(format.date(date, spanDays > 400 ? "month" : "day")),
      }}
      yAxisProps={{
        orientation: dir === "rtl" ? "right" : "left",
        width: dir === "rtl" ? 84 : 64,
        domain: [owed ? "auto" : 0, had || !owed ? "auto" : 0],
        // The library moves labels away from an axis on the left; on the right that would be into the curve.
        tick: { transform: `translate(${dir === "rtl" ? 10 : -10}, 0)`, fontSize: 12, fill: "currentColor" },
        tickFormatter: (value: number) => isolated(format.compact(value)),
      }}
      valueFormatter={(value) => format.money(BigInt(Math.round(value * unit)), currency)}
      tooltipProps={{ labelFormatter: (date) => format.date(String(date), "long") }}
      areaProps={{ isAnimationActive: false, name: "", baseValue: 0 }}
    />
  );
}
