import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../models.module.css";
import type { Report } from "../models.ts";
import { useModelWords } from "../words.ts";

const SHOWN = 15;

/** Which facts take part most, and what is lost without them. */
export function Drivers({ report }: { report: Report }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  const shown = report.importance.slice(0, SHOWN);
  const most = Math.max(0.0001, ...shown.map(({ gain }) => gain));
  return (
    <Surface title={t("drives.title")} padding="none">
      <p className={`${classes.quiet} ${classes.below}`}>{t("drives.note")}</p>
      <WideTable label={t("drives.title")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("drives.fact")}</th>
            <th scope="col" className={classes.barCell}>
              {t("drives.share")}
            </th>
            <th scope="col">{t("drives.fall")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ feature, gain, permutation }) => (
            <tr key={feature}>
              <th scope="row">{words.fact(feature)}</th>
              <td className={classes.barCell}>
                <span className="num">{format.percent(gain, 1)}</span>
                <span className={classes.bar} style={{ inlineSize: `${(gain / most) * 100}%` }} aria-hidden="true" />
              </td>
              <td className="num">{permutation === null ? "–" : format.number(permutation, 3)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
