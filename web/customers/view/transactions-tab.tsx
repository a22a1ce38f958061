import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { exportTransactions } from "../../../server/customers/exports/contract.ts";
import { listTransactions, totalTransactions } from "../../../server/customers/holdings/contract.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useEndpoint, usePages } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { ExportMenu } from "../export-menu.tsx";
import type { View } from "./customer.ts";
import { type TransactionRow, useTransactionColumns } from "./transaction-columns.tsx";
import { noChoice, readChoice, type TransactionChoice, toQuery, writeChoice } from "./transaction-filter.ts";
import { TransactionTools } from "./transaction-tools.tsx";
import { TransactionTotals } from "./transaction-totals.tsx";
import classes from "./transactions.module.css";

const rowsPerPage = 100;
const tableHeight = 620;
const readHolding = (raw: unknown): string | null => (typeof raw === "string" ? raw : null);

/** Every booking on every holding, newest first: filter it, see what it sums up to. */
export function TransactionsTab({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const [choice, setChoice] = useUrlState<TransactionChoice>("transactions", readChoice);
  const [holdingWanted, setHolding] = useUrlState<string | null>("holding", readHolding);
  const holdingId = view.holdings.some((holding) => holding.holdingId === holdingWanted) ? holdingWanted : null;
  const query = toQuery(choice, holdingId);
  const params = { customerId: view.customer.customerId };
  const pages = usePages(
    listTransactions,
    { params, query: { ...query, rows: rowsPerPage } },
    (page) => (page.next === null ? null : { after: page.next }),
    { keepPrevious: true },
  );
  const totals = useEndpoint(totalTransactions, { params, query }, { keepPrevious: true });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.transactions) ?? [], [pages.data]);
  const count = totals.data?.totals.reduce((sum, total) => sum + total.count, 0);
  const columns = useTransactionColumns(view.holdings, holdingId === null);
  const choose = (part: Partial<TransactionChoice>) =>
    setChoice(writeChoice({ ...choice, ...part }) as TransactionChoice | undefined, { replace: true });
  const chosen = Object.keys(query).length > 0;
  const clear = () => {
    setChoice(undefined, { replace: true });
    if (holdingId !== null) setHolding(undefined, { replace: true });
  };
  return (
    <div className={classes.tab}>
      <TransactionTools
        view={view}
        choice={choice}
        holdingId={holdingId}
        onChoice={choose}
        onHolding={(id) => setHolding(id ?? undefined, { replace: true })}
        categories={totals.data?.categories ?? []}
        channels={totals.data?.channels ?? []}
        onClear={chosen ? clear : undefined}
      />
      <ErrorNote error={totals.error} />
      <div className={classes.columns}>
        <DataTable<TransactionRow>
          name="transactions"
          label={t("tabs.transactions")}
          columns={columns}
          tools={
            <>
              <h2 className={classes.heading}>{t("transactions.newestFirst")}</h2>
              <ExportMenu endpoint={exportTransactions} inputOf={(format) => ({ params, body: { format, filter: query } })} />
            </>
          }
          rows={rows}
          rowKey={(row) => row.transactionId}
          loading={pages.isPending || pages.isPlaceholderData}
          error={pages.error}
          onRetry={() => void pages.refetch()}
          hasMore={pages.hasNextPage}
          onMore={() => void pages.fetchNextPage()}
          loadingMore={pages.isFetchingNextPage}
          total={count === undefined ? undefined : { count, exact: true }}
          height={tableHeight}
          empty={
            chosen ? (
              <EmptyState
                reason="filter"
                title={t("transactions.noneFit")}
                text={t("transactions.noneFitText")}
                action={
                  <Button variant="default" onClick={clear}>
                    {t("list.clearFilter")}
                  </Button>
                }
              />
            ) : (
              <EmptyState reason="data" title={t("transactions.none")} text={t("transactions.noneText")} />
            )
          }
        />
        <TransactionTotals
          totals={totals.data}
          pending={totals.isPending}
          chosen={choice.category ?? noChoice.category}
          onCategory={(category) => choose({ category })}
        />
      </div>
    </div>
  );
}
