import { useDirection } from "@mantine/core";
import classes from "./chart.module.css";

interface SparklineProps {
  values: readonly number[];
  /** The trend in words, for whoever does not see it: "rising over twelve months". */
  label: string;
  width?: number;
  height?: number;
}

/** A trend the size of a word. Time runs along the reading direction. */
export function Sparkline({ values, label, width = 72, height = 24 }: SparklineProps) {
  const { dir } = useDirection();
  if (values.length < 2) return null;
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const x = (index: number): number => {
    const along = 2 + (index / (values.length - 1)) * (width - 4);
    return dir === "rtl" ? width - along : along;
  };
  const y = (value: number): number => height - 3 - ((value - low) / span) * (height - 6);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  const last = values.length - 1;
  return (
    <svg width={width} height={height} role="img" aria-label={label} className={classes.spark}>
      <polyline points={points} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" strokeLinecap="round" />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r="2" fill="currentColor" />
    </svg>
  );
}
