import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../models.module.css";
import type { Report } from "../models.ts";
import { useModelWords } from "../words.ts";

/** By branch, language and the like: how well it ranks there, what it foretold, what happened, and who is flagged more often than others. */
export function Failing({ report }: { report: Report }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  return (
    <Surface title={t("fails.title")} padding="none">
      <p className={`${classes.quiet} ${classes.below}`}>{t("fails.note")}</p>
      <WideTable label={t("fails.title")} className={classes.table}>
        <thead>
          <tr>
            {(["group", "rows", "auc", "foretold", "happened", "ratio"] as const).map((name) => (
              <th key={name} scope="col">
                {t(`fails.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.groups.map((group) => (
            <tr key={`${group.by} ${group.group}`}>
              <th scope="row">
                <bdi>{words.group(group.by, group.group)}</bdi>
                <p className={classes.quiet}>{words.by(group.by)}</p>
              </th>
              <td className="num">{format.number(group.rows)}</td>
              <td className="num">{group.auc === null ? t("fails.few") : format.percent(group.auc, 0)}</td>
              <td className="num">{format.percent(group.meanChance, 1)}</td>
              <td className="num">{format.percent(group.eventRate, 1)}</td>
              <td className="num">
                {group.isAdverse ? <StateMark tone="bad">{t("fails.adverse")}</StateMark> : format.percent(group.ratio, 0)}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}
