import { Button } from "@mantine/core";
import { PlusIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { type countCustomers, readFilterChoices } from "../../../server/customers/directory/contract.ts";
import { exportCustomers } from "../../../server/customers/exports/contract.ts";
import { listSegments } from "../../../server/intelligence/segments/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { emptyFilter } from "../../ui/filter-builder/filter.ts";
import { FilterBuilder } from "../../ui/filter-builder/filter-builder.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { useCan, useViewer } from "../../ui/viewer.tsx";
import { ExportMenu } from "../export-menu.tsx";
import { conditionsMax } from "./api-filter.ts";
import { type Row, useColumns } from "./columns.tsx";
import { useFilterFields } from "./filter-fields.ts";
import classes from "./list.module.css";
import { useList } from "./use-list.ts";

const choicesStaleMs = 300_000;
const noSegments = [] as const;

/** The working table of everyone a person may see: filter, order, read on, open. */
export function CustomersPage() {
  const { t } = useTranslation("customers");
  useChineseNames();
  const navigate = useNavigate();
  const { reportingCurrency } = useViewer();
  const choices = useEndpoint(readFilterChoices, {}, { staleMs: choicesStaleMs });
  const maySegment = useCan("segment:read");
  const segments = useEndpoint(listSegments, {}, { staleMs: choicesStaleMs, enabled: maySegment });
  const fields = useFilterFields(choices.data, maySegment ? segments.data?.segments : noSegments, reportingCurrency);
  const list = useList(fields, !choices.isPending && !(maySegment && segments.isPending));
  const columns = useColumns();
  const open = (row: Row) => void navigate({ to: "/customers/$customerId", params: { customerId: row.customerId } as never });
  const { pages, filter } = list;
  const filtered = filter.of.length > 0;
  const mayEnter = useCan("customer:create");
  return (
    <FillPage>
      <PageHeader
        title={t("list.title")}
        note={<CountNote count={list.count} filtered={filtered} />}
        actions={
          <>
            <ExportMenu endpoint={exportCustomers} inputOf={(format) => ({ body: { format, ...list.asked } })} />
            {mayEnter && <NewCustomer />}
          </>
        }
      />
      <DataTable<Row>
        name="customers"
        label={t("list.title")}
        columns={columns}
        rows={list.tooMuch ? [] : list.rows}
        rowKey={(row) => row.customerId}
        onOpen={open}
        sort={list.sort}
        onSort={list.setSort}
        loading={(pages.isPending && !list.tooMuch) || pages.isPlaceholderData}
        error={pages.error ?? choices.error}
        onRetry={() => void (choices.error ? choices.refetch() : pages.refetch())}
        hasMore={pages.hasNextPage}
        onMore={() => void pages.fetchNextPage()}
        loadingMore={pages.isFetchingNextPage}
        total={list.count}
        tools={<FilterBuilder fields={fields} filter={filter} onFilter={list.setFilter} />}
        footer={<Sums totals={list.count?.totals ?? []} />}
        empty={<Empty tooMuch={list.tooMuch} filtered={filtered} onClear={() => list.setFilter(emptyFilter)} />}
      />
    </FillPage>
  );
}

function NewCustomer() {
  const { t } = useTranslation("customers");
  return (
    <Button component={AppLink} to="/identity/known" leftSection={<PlusIcon size={14} />}>
      {t("list.new")}
    </Button>
  );
}

type Count = AnswerOf<typeof countCustomers>;

function CountNote({ count, filtered }: { count: Count | undefined; filtered: boolean }) {
  const { t } = useTranslation("customers");
  if (count === undefined) return <span aria-hidden="true">&nbsp;</span>;
  const key = count.exact ? (filtered ? "list.fit" : "list.inReach") : filtered ? "list.fitAbout" : "list.inReachAbout";
  return (
    <span className="num" aria-live="polite">
      {t(key, { count: count.count })}
    </span>
  );
}

const sumsShownMax = 3;

/** What all that fit have and owe, by currency; nothing is said of a currency in which there is nothing. */
function Sums({ totals }: { totals: Count["totals"] }) {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const some = totals.filter(({ assetsMinor, debtsMinor }) => assetsMinor !== "0" || debtsMinor !== "0");
  if (some.length === 0) return null;
  const words = ({ currency, assetsMinor, debtsMinor }: Count["totals"][number]) => [
    ...(assetsMinor === "0" ? [] : [{ word: t("list.sumHas"), minor: assetsMinor, currency }]),
    ...(debtsMinor === "0" ? [] : [{ word: t("list.sumOwes"), minor: debtsMinor, currency }]),
  ];
  const rest = some.slice(sumsShownMax).flatMap(words);
  return (
    <div className={classes.sums} title={t("list.sums")}>
      <span>{t("list.sum")}</span>
      {some.slice(0, sumsShownMax).map((total) => (
        <dl key={total.currency}>
          {words(total).map(({ word, minor, currency }) => (
            <div key={word}>
              <dt>{word}</dt>
              <dd>
                <Money minor={minor} currency={currency} style="compact" />
              </dd>
            </div>
          ))}
        </dl>
      ))}
      {rest.length > 0 && (
        <span title={rest.map(({ word, minor, currency }) => `${word} ${format.money(minor, currency, "compact")}`).join("\n")}>
          {t("list.moreCurrencies", { count: some.length - sumsShownMax })}
        </span>
      )}
    </div>
  );
}

function Empty({ tooMuch, filtered, onClear }: { tooMuch: boolean; filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation("customers");
  const clear = (
    <Button variant="default" onClick={onClear}>
      {t("list.clearFilter")}
    </Button>
  );
  if (tooMuch)
    return <EmptyState reason="filter" title={t("list.tooMuch")} text={t("list.tooMuchText", { max: conditionsMax })} action={clear} />;
  if (filtered) return <EmptyState reason="filter" title={t("list.noneFit")} text={t("list.noneFitText")} action={clear} />;
  return <EmptyState reason="permission" title={t("list.noneInReach")} text={t("list.noneInReachText")} />;
}
