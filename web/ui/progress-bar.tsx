import { Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFormat } from "./preferences.tsx";
import classes from "./progress-bar.module.css";

interface ProgressBarProps {
  /** Names what is going on, for the screen reader. */
  label: string;
  done: number;
  /** null while it is not known: then only what is done is told. */
  total: number | null;
  /** Units per second, or null while unknown. */
  ratePerSecond?: number | null;
  /** How to write a count: rows by default, or `format.bytes`. */
  say?: (count: number) => string;
  state?: "running" | "waiting" | "done" | "failed";
}

/** How far a long work is, how fast it goes and how long it still takes. */
export function ProgressBar({ label, done, total, ratePerSecond = null, say, state = "running" }: ProgressBarProps) {
  const { t } = useTranslation("ui");
  const format = useFormat();
  const write = say ?? ((count: number) => format.number(count));
  const ratio = total === null || total === 0 ? null : Math.min(1, done / total);
  const leftMs = total !== null && ratePerSecond !== null && ratePerSecond > 0 ? ((total - done) / ratePerSecond) * 1000 : null;
  const parts = [
    total === null ? write(done) : t("progress.of", { done: write(done), total: write(total) }),
    state === "running" && ratePerSecond !== null ? t("progress.rate", { rate: write(Math.round(ratePerSecond)) }) : null,
    state === "running" && leftMs !== null && leftMs > 0 ? t("progress.left", { time: format.duration(leftMs) }) : null,
  ];
  const color = state === "failed" ? "red" : state === "done" ? "green" : "petrol";
  return (
    <div className={classes.progress}>
      <Progress.Root size="sm">
        <Progress.Section
          value={ratio === null ? 100 : ratio * 100}
          color={color}
          animated={state === "running"}
          striped={ratio === null && state === "running"}
          aria-label={label}
          aria-valuetext={parts.filter(Boolean).join(", ")}
        />
      </Progress.Root>
      <div className={`num ${classes.words}`}>
        <span>{parts.filter(Boolean).join(" · ")}</span>
        {ratio !== null && <span>{format.percent(ratio, 0)}</span>}
      </div>
    </div>
  );
}
