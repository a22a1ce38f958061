import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { viewCustomer } from "../../../../server/customers/overview/contract.ts";
import { ErrorNote } from "../../../ui/error-state.tsx";
import { Money } from "../../../ui/money.tsx";
import { useFormat } from "../../../ui/preferences.tsx";
import { useEndpoint } from "../../../ui/query.ts";
import type { View } from "../customer.ts";
import classes from "./links.module.css";

/** What each of the two brings: records, holdings, what they have and owe in each currency. */
export function JoinPreview({ view, otherId }: { view: View; otherId: string }) {
  const { t } = useTranslation("customers");
  const answer = useEndpoint(viewCustomer, { params: { customerId: otherId } });
  if (answer.error) return <ErrorNote error={answer.error} />;
  if (answer.data === undefined) return <Skeleton height={120} />;
  return (
    <section aria-label={t("links.combined")}>
      <p className={classes.record}>{t("links.combined")}</p>
      <div className={classes.combined}>
        <Brings view={view} />
        <Brings view={answer.data} />
      </div>
    </section>
  );
}

function Brings({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const { customer } = view;
  return (
    <div>
      <p className={classes.record}>
        <bdi>{customer.fullName}</bdi>
      </p>
      <p className={`num ${classes.why}`}>
        <bdi dir="ltr">{format.code(customer.customerNo)}</bdi>
        {customer.bornOn !== null && ` · ${format.date(customer.bornOn)}`}
      </p>
      <p className="num">{t("records.count", { count: view.records.length })}</p>
      <p className={classes.why}>
        <bdi>{format.list([...new Set(view.records.map(({ source }) => source.name))])}</bdi>
      </p>
      <p className="num">{t("links.holdings", { n: view.holdings.length })}</p>
      {view.totals.map(({ currency, assetsMinor, debtsMinor }) => (
        <p key={currency} className={classes.total}>
          <span>
            {t("fields.assets")} <Money minor={assetsMinor} currency={currency} />
          </span>
          <span>
            {t("fields.debts")} <Money minor={debtsMinor} currency={currency} />
          </span>
        </p>
      ))}
    </div>
  );
}
