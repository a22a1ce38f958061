import { Alert, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readCustomerValue } from "../../../server/intelligence/profit/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { MonthBars } from "../../ui/month-bars.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { sumOf } from "../amounts.ts";
import type { CustomerValue } from "../answers.ts";
import classes from "../profit.module.css";
import { Waterfall } from "../waterfall.tsx";
import { useWords } from "../words.ts";
import { TierPart } from "./tier-part.tsx";

/** What a customer is worth: today's profit and where it comes from, what it may become, and the tier with its reasons. */
export function ValueTab({ id }: { id: string }) {
  const { t } = useTranslation("profit");
  const answer = useEndpoint(readCustomerValue, { params: { customerId: id } });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  const value = answer.data;
  if (value === undefined) return <Skeleton height={420} />;
  if (value.month === null) return <EmptyState reason="data" title={t("value.none")} text={t("value.noneText")} />;
  const trend = value.trend.map(({ month, profitMinor }) => ({ month, minor: profitMinor }));
  return (
    <div className={classes.stack}>
      {value.unpriced > 0 && <Alert color="yellow">{t("overview.unpriced", { n: value.unpriced })}</Alert>}
      <Stats value={value} />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Surface title={t("waterfall.title")} aside={<Until month={value.month} />}>
            <Waterfall parts={value.parts} currency={value.currency} label={t("waterfall.title")} />
          </Surface>
          <Surface title={t("value.trend")}>
            <MonthBars months={trend} currency={value.currency} label={t("value.trend")} />
          </Surface>
          <Holdings value={value} />
        </div>
        <TierPart id={id} value={value} />
      </div>
    </div>
  );
}

function Until({ month }: { month: string }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  return <span className={classes.note}>{t("value.until", { n: 12, month: format.date(month, "month") })}</span>;
}

function Stats({ value }: { value: CustomerValue }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const { parts, currency, lifetime, rfm } = value;
  return (
    <StatRow>
      <StatCard
        label={t("sums.profit")}
        value={<Money minor={sumOf(parts, "profit")} currency={currency} style="round" alarm />}
        note={t("value.economic", { sum: format.money(sumOf(parts, "economic"), currency, "round") })}
      />
      {lifetime !== null && (
        <>
          <StatCard
            label={t("value.lifetime")}
            value={<Money minor={lifetime.todayMinor} currency={currency} style="round" alarm />}
            note={t("value.lifetimeNote", { years: Math.round(lifetime.horizonMonths / 12), stays: format.percent(lifetime.stays) })}
          />
          <StatCard
            label={t("value.potential")}
            value={<Money minor={lifetime.potentialMinor} currency={currency} style="round" />}
            note={t("value.potentialNote")}
          />
        </>
      )}
      <StatCard
        label={t("value.volume")}
        value={<Money minor={value.volumeMinor} currency={currency} style="round" />}
        note={t("value.volumeNote")}
      />
      {rfm !== null && (
        <StatCard
          label={t("value.rfm")}
          value={[rfm.recency, rfm.frequency, rfm.margin].map((score) => format.number(score)).join(" · ")}
          note={
            <>
              {t("value.rfmNote", { n: 5 })}{" "}
              {value.lastOwnOn !== null && (
                <>
                  {t("value.lastOwn")} <DateText value={value.lastOwnOn} />
                </>
              )}
            </>
          }
        />
      )}
    </StatRow>
  );
}

function Holdings({ value }: { value: CustomerValue }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  return (
    <Surface title={t("value.holdings")} padding="none">
      <WideTable label={t("value.holdings")} className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t("value.holding")}</th>
            <th scope="col">{t("sums.income")}</th>
            <th scope="col">{t("sums.profit")}</th>
            <th scope="col">{t("sums.economic")}</th>
          </tr>
        </thead>
        <tbody>
          {value.holdings.map(({ holdingId, product, productName, number, currency, isPriced, parts }) => {
            const income = ["asset_margin", "deposit_margin", "fees", "interchange", "exchange_margin"] as const;
            return (
              <tr key={holdingId}>
                <th scope="row">
                  <bdi>{productName ?? words("products", product)}</bdi>
                  <br />
                  <span className={classes.note}>
                    {number !== null && <bdi className="num">{format.code(number)} · </bdi>}
                    {isPriced ? currency : t("value.unpriced", { currency })}
                  </span>
                </th>
                <td>
                  <Money minor={income.reduce((sum, name) => sum + BigInt(parts[name]), 0n)} currency={value.currency} style="plain" />
                </td>
                <td>
                  <Money minor={sumOf(parts, "profit")} currency={value.currency} style="plain" alarm />
                </td>
                <td>
                  <Money minor={sumOf(parts, "economic")} currency={value.currency} style="plain" alarm />
                </td>
              </tr>
            );
          })}
        </tbody>
      </WideTable>
    </Surface>
  );
}
