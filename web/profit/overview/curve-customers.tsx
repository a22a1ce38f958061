import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listProfitCustomers } from "../../../server/intelligence/profit/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePages } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../profit.module.css";
import { useWords } from "../words.ts";
import type { ChosenSlice } from "./slice.ts";

/** Names are counted as shown: a handful at first, more on demand. */
const ROWS = 12;

/** The customers behind the stretch chosen on the curve; without one, the best, or those who cost more than they bring. */
export function CurveCustomers({ slice }: { slice: ChosenSlice }) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  const [order, setOrder] = useState<"best" | "worst">("worst");
  const [from, to] = slice.stretch ?? [0, 1];
  const pages = usePages(listProfitCustomers, { query: { ...slice.query, from, to, order, rows: ROWS } } as never, ({ next }) =>
    next === null ? null : { after: next },
  );
  const rows = pages.data?.pages.flatMap(({ customers }) => customers);
  const currency = pages.data?.pages[0]?.currency ?? "EUR";
  const title = slice.stretch === null ? t("behind.title") : t("behind.stretch", { from: format.percent(from), to: format.percent(to) });
  return (
    <Surface
      title={title}
      aside={
        <span className={classes.pickers}>
          {slice.stretch !== null && (
            <Button size="xs" variant="subtle" onClick={() => slice.setStretch(undefined)}>
              {t("behind.everybody")}
            </Button>
          )}
          <SegmentedControl
            size="xs"
            aria-label={t("behind.order")}
            data={(["worst", "best"] as const).map((value) => ({ value, label: t(`behind.${value}`) }))}
            value={order}
            onChange={(value) => setOrder(value === "best" ? "best" : "worst")}
          />
        </span>
      }
    >
      <ErrorNote error={pages.error} />
      {rows === undefined ? (
        !pages.error && <Skeleton height={240} />
      ) : rows.length === 0 ? (
        <EmptyState compact reason="filter" title={t("behind.none")} />
      ) : (
        <ul className={classes.list}>
          {rows.map((row) => (
            <li key={row.customerId}>
              <CustomerName customer={row} tab="value" />
              <span className={classes.who} style={{ textAlign: "end" }}>
                <Money minor={slice.measure === "profit" ? row.profitMinor : row.economicMinor} currency={currency} style="compact" alarm />
                <span className={classes.note}>
                  {words("tiers", row.tier)} · <bdi>{row.branchName}</bdi>
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button fullWidth mt="sm" variant="subtle" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t("behind.more")}
        </Button>
      )}
    </Surface>
  );
}
