import { SegmentedControl, Skeleton } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { AreaChart } from "../../ui/area-chart.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { addDays } from "../days.ts";
import classes from "./balance-chart.module.css";
import { sumCurve } from "./balance-curve.ts";
import { isOwned, type View } from "./customer.ts";
import { balanceDaysMax, type useBalances } from "./use-balances.ts";

const spans = { months3: 91, year: 365, years2: balanceDaysMax } as const;
type Span = keyof typeof spans;
const chartHeight = 200;

function readSpan(raw: unknown): Span {
  return raw === "months3" || raw === "years2" ? raw : "year";
}

/** How what they have, less what they owe, moved: by currency, over a quarter, a year or two. */
export function BalanceChart({ view, balances }: { view: View; balances: ReturnType<typeof useBalances> }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const [span, setSpan] = useUrlState("span", readSpan);
  const owned = useMemo(() => view.holdings.filter((holding) => isOwned(holding) && holding.class !== "service"), [view.holdings]);
  const currencies = useMemo(
    () => [...new Set(owned.filter(({ holdingId }) => balances.byHolding.has(holdingId)).map(({ currency }) => currency))],
    [owned, balances.byHolding],
  );
  const [wanted, setWanted] = useState(view.customer.currency);
  const currency = currencies.find((code) => code === wanted) ?? currencies[0] ?? view.customer.currency ?? "";
  const { today } = balances;
  const points = useMemo(() => {
    const series = owned
      .filter((holding) => holding.currency === currency)
      .flatMap(({ holdingId }) => balances.byHolding.get(holdingId) ?? []);
    return series.length === 0 ? [] : sumCurve(series, owned, addDays(today, -spans[span]), today);
  }, [owned, currency, balances.byHolding, span, today]);
  const [first, last] = [points[0], points.at(-1)];
  return (
    <Surface>
      <div className={classes.controls}>
        {currencies.length > 1 && (
          <SegmentedControl size="xs" data={currencies} value={currency} onChange={setWanted} aria-label={t("fields.currency")} />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t("chart.span")}
          data={(Object.keys(spans) as Span[]).map((value) => ({ value, label: t(`chart.${value}`, { n: 3 }) }))}
          value={span}
          onChange={(value) => setSpan(value === "year" ? undefined : readSpan(value), { replace: true })}
        />
      </div>
      <ErrorNote error={balances.error} />
      {balances.isPending ? (
        <Skeleton height={chartHeight + 30} />
      ) : first === undefined || last === undefined ? (
        <EmptyState compact reason="data" title={t("chart.question")} text={t("chart.nothing")} />
      ) : (
        <AreaChart
          title={t("chart.question")}
          summary={t("chart.summary", {
            from: format.money(first.minor, currency),
            start: format.date(first.date),
            to: format.money(last.minor, currency),
            end: format.date(last.date),
          })}
          points={points}
          currency={currency}
          height={chartHeight}
        />
      )}
    </Surface>
  );
}
