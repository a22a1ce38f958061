import { useTranslation } from "react-i18next";
import { readModel } from "../../../server/intelligence/scores/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import classes from "../fraud.module.css";

/** Which score is in force, and how it stands up on payments after those it learned from. It is trained, approved and put in force with the other models. */
export function Score() {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const { data } = useEndpoint(readModel, { params: { modelId: "fraud" } });
  if (data === undefined) return null;
  const { champion } = data.model;
  return (
    <>
      <p className={classes.quiet}>
        {champion === null
          ? t("rules.noModel")
          : t("rules.modelText", {
              version: format.number(champion.version),
              auc: format.percent(champion.auc, 1),
              base: format.percent(champion.baselineAuc, 1),
            })}
      </p>
      <AppLink to="/models/fraud">{t("rules.lookModel")}</AppLink>
    </>
  );
}
