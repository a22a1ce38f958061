import { useTranslation } from "react-i18next";
import { readFraudMark } from "../../server/intelligence/fraud/alerts/contract.ts";
import { AppLink } from "../ui/app-link.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useEndpoint } from "../ui/query.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { useCan } from "../ui/viewer.tsx";
import classes from "./fraud.module.css";

/** On a customer's page: that fraud is suspected, in one sentence. The evidence is behind the link, for those who work on it. */
export function FraudMark({ id }: { id: string }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const mayOpen = useCan("fraud:read");
  const marks = useEndpoint(readFraudMark, { params: { customerId: id } }).data?.marks ?? [];
  return marks.map(({ alertId, state, payments, amountMinor, currency, firstAt, informedAt }) => {
    const amount = `\u2068${format.money(amountMinor, currency, "round")}\u2069`;
    const text = state === "closed" ? t("mark.confirmed", { amount }) : t("mark.suspected", { count: payments, amount });
    return (
      <StateMark key={alertId} tone="bad">
        {mayOpen ? (
          <AppLink to="/fraud/$alertId" params={{ alertId } as never} className={classes.markLink}>
            {text}
          </AppLink>
        ) : (
          text
        )}
        {` · ${t("mark.since", { date: `\u2068${format.date(firstAt.slice(0, 10), "day")}\u2069` })}`}
        {informedAt !== null && ` · ${t("mark.informed")}`}
      </StateMark>
    );
  });
}
