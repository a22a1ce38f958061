import { Badge } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useCodes } from "../codes.ts";
import { useDayWidth } from "../day-width.ts";
import type { Holding, View } from "./customer.ts";
import { groupedNumber, statusColours } from "./holding-card.tsx";
import classes from "./holdings.module.css";

const rowHeight = 48;
const heightMax = 640;
const frameHeight = 150;

/** Everything they have and had, closed holdings too, with what was agreed. */
export function HoldingsTab({ view }: { view: View }) {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const columns = useHoldingColumns();
  const open = ({ holdingId }: Holding) =>
    void navigate({
      to: ".",
      search: (before: Record<string, unknown>) => ({ ...before, tab: "transactions", holding: holdingId }),
      resetScroll: false,
    } as never);
  return (
    <DataTable<Holding>
      name="holdings"
      label={t("tabs.holdings")}
      columns={columns}
      rows={view.holdings}
      rowKey={(row) => row.holdingId}
      onOpen={open}
      tools={<p className={classes.tools}>{t("holdings.toTransactions")}</p>}
      total={{ count: view.holdings.length, exact: true }}
      height={Math.min(heightMax, frameHeight + Math.max(4, view.holdings.length) * rowHeight)}
      empty={<EmptyState reason="data" title={t("holdings.none")} text={t("holdings.noneText")} />}
    />
  );
}

const none = <span className={classes.none}>–</span>;

function useHoldingColumns(): readonly Column<Holding>[] {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const dayWidth = useDayWidth();
  return useMemo((): Column<Holding>[] => {
    const day = (value: string | null) => (value === null ? none : <DateText value={value} />);
    return [
      {
        id: "product",
        header: t("holding.product"),
        width: 230,
        card: "title",
        cell: (row) => <bdi>{row.productName ?? codes("kind", row.kind)}</bdi>,
      },
      { id: "kind", header: t("holding.kind"), width: 150, cell: (row) => codes("kind", row.kind) },
      {
        id: "number",
        header: t("fields.accountNumber"),
        width: 250,
        cell: (row) =>
          row.number === null ? (
            none
          ) : (
            <bdi dir="ltr" className="num">
              {format.code(groupedNumber(row.number))}
            </bdi>
          ),
      },
      {
        id: "status",
        header: t("holding.status"),
        width: 120,
        cell: (row) =>
          row.status === "open" ? (
            codes("status", row.status)
          ) : (
            <Badge size="sm" color={statusColours[row.status] ?? "gray"}>
              {codes("status", row.status)}
            </Badge>
          ),
      },
      {
        id: "balance",
        header: t("fields.balance"),
        width: 170,
        align: "end",
        card: "figure",
        cell: (row) => (row.balanceMinor === null ? none : <Money minor={row.balanceMinor} currency={row.currency} />),
      },
      {
        id: "agreed",
        header: t("holding.agreed"),
        width: 160,
        align: "end",
        card: "none",
        cell: (row) => (row.amountMinor === null ? none : <Money minor={row.amountMinor} currency={row.currency} style="plain" />),
      },
      {
        id: "rate",
        header: t("holding.rateColumn"),
        width: 90,
        align: "end",
        card: "none",
        cell: (row) => (row.rate === null ? none : <span className="num">{format.percent(Number(row.rate), 2)}</span>),
      },
      { id: "role", header: t("holding.role"), width: 130, cell: (row) => codes("role", row.role) },
      { id: "openedOn", header: t("holding.openedOn"), width: dayWidth, cell: (row) => day(row.openedOn) },
      { id: "maturesOn", header: t("holding.maturesOn"), width: dayWidth, card: "none", cell: (row) => day(row.maturesOn) },
      { id: "closedOn", header: t("holding.closedOn"), width: dayWidth, card: "none", cell: (row) => day(row.closedOn) },
      { id: "source", header: t("origin.source"), width: 150, card: "none", cell: (row) => <bdi>{row.source.name}</bdi> },
    ];
  }, [t, format, codes, dayWidth]);
}
