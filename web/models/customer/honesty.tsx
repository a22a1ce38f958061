import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "../models.module.css";
import type { Honesty } from "../models.ts";

/** How far to trust a score, in sentences: what it is worth on days the model had not seen, and how early it warned. */
export function HonestWords({ of }: { of: Honesty }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const figures = {
    auc: format.percent(of.auc, 0),
    lift: format.number(of.liftAt10, 1),
    rate: format.percent(of.eventRate, 1),
    months: format.number(of.horizonMonths),
    from: format.date(of.judgedFrom, "month"),
    to: format.date(of.judgedTo, "month"),
  };
  return (
    <div className={classes.honest}>
      <p>{t(of.modelId === "churn" ? "honesty.churn" : "honesty.other", figures)}</p>
      {of.daysAhead !== null && of.warnedShare !== null && (
        <p>{t("honesty.ahead", { share: format.percent(of.warnedShare, 0), days: format.number(Math.round(of.daysAhead)) })}</p>
      )}
      {of.level === "act" && <p data-bad>{t("honesty.drifted")}</p>}
    </div>
  );
}
