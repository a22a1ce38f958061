import { AlertIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { readCustomerScores } from "../../../server/intelligence/scores/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import classes from "../models.module.css";
import { useReasonWords } from "./reason-words.ts";

/**
 * A warning that the customer may leave, beside what is usual at this bank, with the strongest reason and how early such warnings came. Nothing where the
 * chance is not above the usual one: one customer in ten is flagged, however few leave.
 */
export function ChurnMark({ id }: { id: string }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const { data } = useEndpoint(readCustomerScores, { params: { customerId: id } });
  const words = useReasonWords(data?.currency ?? "EUR");
  const score = data?.scores.find(({ modelId, band }) => modelId === "churn" && band !== "low");
  const honesty = data?.honesty.find(({ modelId }) => modelId === "churn");
  if (score === undefined || honesty === undefined || score.chance <= honesty.eventRate) return null;
  const [first] = score.reasons;
  const share = (part: number) => format.percent(part, part < 0.1 ? 1 : 0);
  return (
    <p className={classes.mark} data-band={score.band}>
      <AlertIcon size={16} />
      <span>
        <AppLink to="/customers/$customerId" params={{ customerId: id } as never} search={{ tab: "scores" } as never}>
          {t(`mark.${score.band}`, {
            chance: share(score.chance),
            usual: share(honesty.eventRate),
            months: format.number(honesty.horizonMonths),
          })}
        </AppLink>{" "}
        {first !== undefined && <span>{words(first)}. </span>}
        {honesty.daysAhead !== null && (
          <span className={classes.quiet}>{t("mark.ahead", { days: format.number(Math.round(honesty.daysAhead)) })}</span>
        )}
      </span>
    </p>
  );
}
