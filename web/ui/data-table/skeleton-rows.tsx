import type { CSSProperties } from "react";
import classes from "./data-table.module.css";

const barWidths = ["72%", "48%", "60%", "38%", "54%"];

/** The shape of what is coming, so that nothing jumps when it is there. */
export function SkeletonRows({
  columns,
  widths,
  height,
  count = 14,
}: {
  columns: number;
  widths: CSSProperties;
  height: number;
  count?: number;
}) {
  return (
    <div aria-hidden="true">
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical bars without state
        <div key={row} className={classes.skeletonRow} style={{ ...widths, blockSize: height }}>
          {Array.from({ length: columns }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: identical bars without state
            <span key={column} className={classes.skeletonCell}>
              <span className={classes.bar} style={{ inlineSize: barWidths[(row + column) % barWidths.length] }} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
