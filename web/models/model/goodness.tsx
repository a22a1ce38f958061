import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../models.module.css";
import type { Report } from "../models.ts";
import { CalibrationChart } from "./calibration-chart.tsx";

/** How good a version is, by months it had not seen and nothing else. */
export function Goodness({ report }: { report: Report }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const { measures, baseline, calibration, split, extra } = report;
  const figures: readonly { readonly label: string; readonly value: string; readonly note: string }[] = [
    { label: t("page.auc"), value: format.percent(measures.auc, 1), note: t("page.aucNote", { base: format.percent(baseline.auc, 1) }) },
    { label: t("page.lift"), value: format.number(measures.liftAt10, 1), note: t("page.liftNote") },
    {
      label: t("page.precision"),
      value: format.percent(measures.averagePrecision, 1),
      note: t("page.precisionNote", { rate: format.percent(measures.eventRate, 1) }),
    },
    { label: t("page.calibration"), value: format.percent(calibration.expectedError, 2), note: t("page.calibrationNote") },
  ];
  const ahead = extra.days_ahead ?? null;
  const [recall, map] = [extra.recall_at_3 ?? null, extra.map_at_7 ?? null];
  return (
    <Surface title={t("page.good")}>
      <p className={classes.quiet}>
        {t("page.goodNote", {
          rows: format.number(split.judge.rows),
          from: format.date(split.judge.from),
          to: format.date(split.judge.to),
        })}
      </p>
      <StatRow>
        {figures.map((figure) => (
          <StatCard key={figure.label} {...figure} />
        ))}
        {ahead !== null && (
          <StatCard
            label={t("page.ahead")}
            value={format.number(Math.round(ahead))}
            note={t("page.aheadNote", { share: format.percent(extra.warned_share ?? 0, 0), n: format.number(extra.leavers ?? 0) })}
          />
        )}
        {recall !== null && (
          <StatCard
            label={t("page.recall")}
            value={format.percent(recall, 0)}
            note={t("page.recallNote", { base: format.percent(extra.baseline_recall_at_3 ?? 0, 0) })}
          />
        )}
        {map !== null && (
          <StatCard
            label={t("page.map")}
            value={format.number(map, 3)}
            note={t("page.mapNote", { base: format.number(extra.baseline_map_at_7 ?? 0, 3) })}
          />
        )}
      </StatRow>
      <div className={classes.columns}>
        <CalibrationChart report={report} />
        <Months report={report} />
      </div>
    </Surface>
  );
}

function Months({ report }: { report: Report }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  return (
    <div>
      <h3 className={classes.heading}>{t("page.byTime")}</h3>
      <WideTable label={t("page.byTime")} className={classes.table}>
        <thead>
          <tr>
            {(["month", "rows", "events", "auc", "lift"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`page.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.byTime.map((day) => (
            <tr key={day.asOf}>
              <th scope="row">{format.date(day.asOf, "month")}</th>
              <td className="num">{format.number(day.rows)}</td>
              <td className="num">{format.number(day.events)}</td>
              <td className="num">{day.auc === null ? "–" : format.percent(day.auc, 1)}</td>
              <td className="num">{day.liftAt10 === null ? "–" : format.number(day.liftAt10, 1)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}
