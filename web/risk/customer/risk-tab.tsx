import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readCustomerRisk } from "../../../server/intelligence/credit/contract.ts";
import { readCustomerMarketRisk } from "../../../server/intelligence/credit/market/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { ApplicationsPart } from "../applications/applications-part.tsx";
import { ShocksTable } from "../market/shocks-table.tsx";
import classes from "../risk.module.css";
import { ExposuresPart } from "./exposures-part.tsx";
import { LimitsPart } from "./limits-part.tsx";
import { RatingPart } from "./rating-part.tsx";
import { WatchPart } from "./watch-part.tsx";

/** Credit and market risk of one customer: how likely, why, how much, within which limits, and what shocks would do. */
export function RiskTab({ id }: { id: string }) {
  const { t } = useTranslation("risk");
  const mayRead = useCan("credit:read");
  const answer = useEndpoint(readCustomerRisk, { params: { customerId: id } });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  const risk = answer.data;
  if (risk === undefined) return <Skeleton height={320} />;
  return (
    <div className={classes.columns}>
      <div className={classes.stack}>
        {risk.rating === null ? (
          <Surface title={t("rating.title")}>
            <EmptyState compact reason="data" title={t("rating.none")} text={t("rating.noneText")} />
          </Surface>
        ) : (
          <RatingPart risk={risk} rating={risk.rating} />
        )}
        <ExposuresPart risk={risk} />
      </div>
      <div className={classes.stack}>
        <LimitsPart customerId={id} risk={risk} />
        <WatchPart customerId={id} risk={risk} />
        {mayRead && <ApplicationsPart customerId={id} />}
        <CustomerMarket id={id} />
      </div>
    </div>
  );
}

function CustomerMarket({ id }: { id: string }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const market = useEndpoint(readCustomerMarketRisk, { params: { customerId: id } }).data;
  if (market === undefined || market.positions.length === 0) return null;
  return (
    <Surface title={t("market.title")} padding="none">
      <p className={classes.note} style={{ padding: "0 16px 8px" }}>
        {t("market.net")}: <Money minor={market.netMinor} currency={market.currency} style="compact" />
        {market.positions
          .filter(({ isIncome }) => !isIncome)
          .map(({ currency, assetsMinor, debtsMinor }) => (
            <span key={currency}>
              {" · "}
              {t("market.inForeign", { currency: format.currencyName(currency) })}{" "}
              <Money minor={BigInt(assetsMinor) - BigInt(debtsMinor)} currency={market.currency} style="compact" />
            </span>
          ))}
      </p>
      <ShocksTable shocks={market.shocks} currency={market.currency} />
    </Surface>
  );
}
