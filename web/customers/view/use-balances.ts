import { useMemo } from "react";
import { readBalanceSeries } from "../../../server/customers/holdings/contract.ts";
import { useEndpoint } from "../../ui/query.ts";
import { addDays, todayOf } from "../days.ts";
import type { Series } from "./balance-curve.ts";

/** As far back as curves and trends go. */
export const balanceDaysMax = 730;

/** The balances of all holdings over two years: one question serves the curve and all small trends. */
export function useBalances(customerId: string) {
  const today = todayOf(new Date());
  const answer = useEndpoint(
    readBalanceSeries,
    { params: { customerId }, query: { from: addDays(today, -balanceDaysMax) } },
    { staleMs: 300_000 },
  );
  const byHolding = useMemo(
    () => new Map((answer.data?.series ?? []).map((series): [string, Series] => [series.holdingId, series])),
    [answer.data],
  );
  return { ...answer, byHolding, today };
}
