import { useTranslation } from "react-i18next";
import { readModelVersion } from "../../../server/intelligence/scores/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../models.module.css";
import type { Report } from "../models.ts";

/** Two versions beside each other, measure by measure; both by months they had not seen. */
export function Comparison({ modelId, a, b }: { modelId: string; a: number; b: number }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const [one, other] = [
    useEndpoint(readModelVersion, { params: { modelId, version: a } }).data,
    useEndpoint(readModelVersion, { params: { modelId, version: b } }).data,
  ];
  if (one === undefined || other === undefined) return null;
  const lines: readonly (readonly [string, (report: Report) => string])[] = [
    ["auc", ({ measures }) => format.percent(measures.auc, 1)],
    ["lift", ({ measures }) => format.number(measures.liftAt10, 2)],
    ["precision", ({ measures }) => format.percent(measures.averagePrecision, 1)],
    ["loss", ({ measures }) => format.number(measures.logLoss, 4)],
    ["error", ({ calibration }) => format.percent(calibration.expectedError, 2)],
    ["rows", ({ data }) => format.number(data.rows)],
    ["judged", ({ split }) => format.date(split.judge.to)],
  ];
  const title = t("compare.title", { a: format.number(a), b: format.number(b) });
  return (
    <div className={classes.below}>
      <h3 className={classes.heading}>{title}</h3>
      <WideTable label={title} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("compare.measure")}</th>
            {[one, other].map(({ summary }) => (
              <th key={summary.version} scope="col">
                {t("list.version", { n: format.number(summary.version) })} · {t(`learners.${summary.learner}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(([name, write]) => (
            <tr key={name}>
              <th scope="row">{t(`compare.${name}`)}</th>
              <td className="num">{write(one.report)}</td>
              <td className="num">{write(other.report)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </div>
  );
}
