import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../risk.module.css";
import type { Portfolio } from "./portfolio.ts";

/** How far the chances can be relied on, in plain words. */
export function ModelPart({ portfolio: { model } }: { portfolio: Portfolio }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  return (
    <Surface title={t("model.title")}>
      {model === null ? (
        <p className={classes.note}>{t("model.none")}</p>
      ) : (
        <div className={classes.stack}>
          <p className={classes.note}>
            {t("model.learned", {
              rows: format.number(model.rows),
              events: format.number(model.events),
              months: format.number(model.horizonMonths),
              date: format.date(model.seenUntil),
            })}
          </p>
          {model.byTime === null ? (
            <p className={classes.note}>{t("model.notJudged")}</p>
          ) : (
            <dl className={classes.facts}>
              {(["champion", "challenger", "baseline"] as const).map((name) => (
                <div key={name} style={{ display: "contents" }}>
                  <dt>{t(`model.${name}`)}</dt>
                  <dd className="num">{format.number(model.byTime?.[name].auc ?? 0, 3)}</dd>
                </div>
              ))}
            </dl>
          )}
          {model.byTime !== null && (
            <p className={classes.note}>{t("model.byTime", { events: format.number(model.byTime.champion.events) })}</p>
          )}
        </div>
      )}
    </Surface>
  );
}
