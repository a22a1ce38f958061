import { useTranslation } from "react-i18next";
import { readCustomerRisk } from "../../../server/intelligence/credit/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import classes from "../risk.module.css";
import { toneOfChance, useRiskWords } from "../words.ts";

const reasonsShown = 2;

/** The risk band of who owes, with what speaks most against them, and whether they are watched. */
export function RiskMark({ id }: { id: string }) {
  const { t } = useTranslation("risk");
  const words = useRiskWords();
  const risk = useEndpoint(readCustomerRisk, { params: { customerId: id } }).data;
  const rating = risk?.rating;
  if (risk === undefined || rating === null || rating === undefined) return null;
  const reasons = rating.parts.filter(({ lost }) => lost >= 1).sort((a, b) => b.lost - a.lost);
  const watched = risk.watch.some(({ leftAt }) => leftAt === null);
  return (
    <div className={classes.mark}>
      <AppLink to="." search={((before: object) => ({ ...before, tab: "risk" })) as never} className={classes.link}>
        <StateMark tone={toneOfChance(rating.probability)}>{t("mark.band", { band: words.band(rating.band) })}</StateMark>
      </AppLink>
      {watched && <StateMark tone="warn">{t("watched")}</StateMark>}
      {risk.limit.breached && <StateMark tone="bad">{t("overLimit")}</StateMark>}
      <span className={classes.note}>
        {rating.basis === "default"
          ? t("basis.default", { n: rating.daysPastDue })
          : reasons
              .slice(0, reasonsShown)
              .map((part) => words.reason(part))
              .join(" · ")}
      </span>
    </div>
  );
}
