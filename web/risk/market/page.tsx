import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readMarketRisk } from "../../../server/intelligence/credit/market/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";
import { ShocksTable, useShockName } from "./shocks-table.tsx";

type Market = AnswerOf<typeof readMarketRisk>;

/** What shocks of rates and currencies would do to customers, and whom they would hurt most. */
export function MarketPage() {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const nameOf = useShockName();
  const [shock, setShock] = useUrlState("shock", (raw) => (typeof raw === "string" ? raw : null));
  const answer = useEndpoint(readMarketRisk, { query: shock === null ? {} : { shock } } as never, { keepPrevious: true });
  const market = answer.data as Market | undefined;
  const chosen = market?.shocks.find(({ code }) => code === market.chosen);
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("market.title")}
        path={[{ label: t("portfolio.title"), to: "/risk" }]}
        note={market ? t("portfolio.customers", { text: format.number(market.customers) }) : " "}
      />
      {answer.error ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : market === undefined ? (
        <Skeleton height={480} />
      ) : market.customers === 0 ? (
        <EmptyState reason="data" title={t("market.none")} text={t("portfolio.noneText")} />
      ) : (
        <>
          <div className={classes.columns}>
            <Surface title={t("market.shocks")} padding="none">
              <ShocksTable shocks={market.shocks} currency={market.currency} chosen={market.chosen} onChoose={setShock} />
            </Surface>
            <Currencies market={market} />
          </div>
          <Surface title={t("market.worst", { shock: chosen === undefined ? "" : nameOf(chosen) })} padding="none">
            {market.worst.length === 0 ? <EmptyState compact reason="data" title={t("market.noneHurt")} /> : <Worst market={market} />}
          </Surface>
          <p className={classes.note}>{t("market.method")}</p>
        </>
      )}
    </div>
  );
}

function Currencies({ market }: { market: Market }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  return (
    <Surface title={t("market.byCurrency")} padding="none">
      <WideTable label={t("market.byCurrency")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("split.currency")}</th>
            <th scope="col" className="num">
              {t("customers")}
            </th>
            <th scope="col" className="num">
              {t("market.assets")}
            </th>
            <th scope="col" className="num">
              {t("market.debts")}
            </th>
            <th scope="col" className="num">
              {t("market.foreign")}
            </th>
          </tr>
        </thead>
        <tbody>
          {market.currencies.map((row) => (
            <tr key={row.currency}>
              <th scope="row">
                {row.currency} <span className={classes.note}>{format.currencyName(row.currency)}</span>
              </th>
              <td className="num">{format.number(row.customers)}</td>
              {[row.assetsMinor, row.debtsMinor, row.foreignMinor].map((minor, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three figures that never change places
                <td key={place} className="num">
                  <Money minor={minor} currency={market.currency} style="compact" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </Surface>
  );
}

function Worst({ market }: { market: Market }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  return (
    <WideTable label={t("market.title")} className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("customer")}</th>
          <th scope="col" className="num">
            {t("market.gain")}
          </th>
          <th scope="col" className="num">
            {t("market.net")}
          </th>
          <th scope="col" className="num">
            {t("market.ofNet")}
          </th>
          <th scope="col" className="num">
            {t("market.foreignShare")}
          </th>
        </tr>
      </thead>
      <tbody>
        {market.worst.map((row) => (
          <tr key={row.customerId}>
            <th scope="row">
              <CustomerName customer={row} tab="risk" />
            </th>
            <td className="num">
              <Money minor={row.gainMinor} currency={market.currency} style="compact" alarm />
            </td>
            <td className="num">
              <Money minor={row.netMinor} currency={market.currency} style="compact" />
            </td>
            <td className="num">{row.shareOfNet === null ? "—" : format.percent(row.shareOfNet, 1)}</td>
            <td className="num">{row.foreignShare === null ? "—" : format.percent(row.foreignShare, 0)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
