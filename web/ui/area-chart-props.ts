export interface ChartPoint {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly minor: string;
}

export interface AreaChartProps {
  /** The question the chart answers: "How did the balance move?" */
  title: string;
  /** The answer in one sentence, for whoever does not see the curve. */
  summary: string;
  points: readonly ChartPoint[];
  currency: string;
  height?: number;
}
