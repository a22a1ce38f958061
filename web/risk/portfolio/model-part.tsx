import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import classes from "../risk.module.css";
import type { Portfolio } from "./portfolio.ts";

/** How far the chances can be relied on, in plain words. */
export function ModelPart({ portfolio: { model } }: { portfolio: Portfolio }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const mayLook = useCan("model:read");
  return (
    <Surface title={t("model.title")} aside={mayLook && <AppLink to="/models/credit_default">{t("model.look")}</AppLink>}>
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
          <dl className={classes.facts}>
            <dt>{t("model.champion")}</dt>
            <dd className="num">{format.number(model.auc, 3)}</dd>
            {model.challenger !== null && (
              <>
                <dt>{t("model.challenger")}</dt>
                <dd className="num">{format.number(model.challenger.auc, 3)}</dd>
              </>
            )}
            <dt>{t("model.baseline")}</dt>
            <dd className="num">{format.number(model.baselineAuc, 3)}</dd>
          </dl>
          <p className={classes.note}>{t("model.byTime", { events: format.number(model.judgedEvents) })}</p>
        </div>
      )}
    </Surface>
  );
}
