import { useTranslation } from "react-i18next";
import { listRetention } from "../../../server/intelligence/scores/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../models.module.css";
import { useReasonWords } from "./reason-words.ts";
import { bandTones } from "./scores-tab.tsx";

const ROWS = 6;

/** Who of my customers may leave, the most to lose first, and why. Nothing where nobody is. */
export function RetentionPart() {
  const { t } = useTranslation("models");
  const format = useFormat();
  const { data } = useEndpoint(listRetention, { query: { rows: ROWS } });
  const words = useReasonWords(data?.reasonCurrency ?? "EUR");
  if (data === undefined || data.customers.length === 0) return null;
  return (
    <Surface
      title={t("retention.title")}
      aside={<span className={`num ${classes.quiet}`}>{t("retention.total", { n: format.number(data.total) })}</span>}
      padding="none"
    >
      <ul className={classes.people}>
        {data.customers.map((customer) => (
          <li key={customer.customerId}>
            <CustomerName customer={customer} tab="scores" note={customer.reasons.slice(0, 2).map(words).join(" · ")} />
            <span className={`num ${classes.worth}`}>
              <StateMark tone={bandTones[customer.band]}>{format.percent(customer.chance, customer.chance < 0.1 ? 1 : 0)}</StateMark>
              {customer.currency !== null && <Money minor={customer.assetsMinor} currency={customer.currency} style="compact" />}
            </span>
          </li>
        ))}
      </ul>
      {data.daysAhead !== null && (
        <p className={`${classes.quiet} ${classes.below}`}>{t("mark.ahead", { days: format.number(Math.round(data.daysAhead)) })}</p>
      )}
    </Surface>
  );
}
