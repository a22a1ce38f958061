import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "../models.module.css";
import type { Report } from "../models.ts";

const SIZE = 240;
const [START, END] = [44, SIZE - 16];
const TICKS = 4;

/** Foretold chances against what happened, ten groups of rows; on the line is perfect. */
export function CalibrationChart({ report }: { report: Report }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const { bins } = report.calibration;
  const top = Math.max(0.001, ...bins.flatMap(({ meanChance, eventRate }) => [meanChance, eventRate])) * 1.05;
  const at = (share: number): number => START + (share / top) * (END - START);
  const percent = (share: number): string => format.percent(share, top < 0.2 ? 1 : 0);
  const summary = bins.map(({ meanChance, eventRate }) => `${percent(meanChance)} – ${percent(eventRate)}`).join("; ");
  const ticks = Array.from({ length: TICKS + 1 }, (_, tick) => (tick * top) / TICKS);
  return (
    <figure style={{ margin: 0 }}>
      <figcaption className={classes.heading}>{t("chart.title")}</figcaption>
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} className={classes.chart} role="img" aria-label={t("chart.summary", { points: summary })}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line x1={START} x2={END} y1={SIZE - at(tick)} y2={SIZE - at(tick)} stroke="var(--v-line)" />
            <text x={START - 4} y={SIZE - at(tick) + 3} textAnchor="end">
              {percent(tick)}
            </text>
            <text x={at(tick)} y={SIZE - START + 14} textAnchor="middle">
              {percent(tick)}
            </text>
          </g>
        ))}
        <line x1={START} y1={SIZE - START} x2={END} y2={SIZE - END} stroke="var(--v-line-strong)" strokeDasharray="4 3" />
        {bins.map(({ meanChance, eventRate, rows }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the groups have no other name than their place
          <circle key={place} cx={at(meanChance)} cy={SIZE - at(eventRate)} r={5} fill="var(--v-accent)" fillOpacity={0.75}>
            <title>{`${percent(meanChance)} – ${percent(eventRate)} (${format.number(rows)})`}</title>
          </circle>
        ))}
        <text x={(START + END) / 2} y={SIZE - 6} textAnchor="middle">
          {t("chart.foretold")}
        </text>
        <text x={10} y={(SIZE - START + 16) / 2} textAnchor="middle" transform={`rotate(-90 10 ${(SIZE - START + 16) / 2})`}>
          {t("chart.happened")}
        </text>
      </svg>
    </figure>
  );
}
