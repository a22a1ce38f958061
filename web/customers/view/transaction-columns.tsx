import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { listTransactions } from "../../../server/customers/holdings/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import type { Column } from "../../ui/data-table/column.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useCodes } from "../codes.ts";
import { useDayWidth } from "../day-width.ts";
import type { Holding } from "./customer.ts";
import { groupedNumber } from "./holding-card.tsx";
import classes from "./transactions.module.css";

export type TransactionRow = AnswerOf<typeof listTransactions>["transactions"][number];

const none = <span className={classes.none}>–</span>;

export function useTransactionColumns(holdings: readonly Holding[], withHolding: boolean): readonly Column<TransactionRow>[] {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const dayWidth = useDayWidth();
  return useMemo(() => {
    const names = new Map(holdings.map((holding) => [holding.holdingId, holding.productName ?? codes("kind", holding.kind)]));
    const coded = (list: "category" | "channel", code: string | null) => (code === null ? none : <bdi>{codes(list, code)}</bdi>);
    const columns: Column<TransactionRow>[] = [
      {
        id: "bookedOn",
        header: t("transactions.bookedOn"),
        width: dayWidth,
        card: "line",
        cell: (row) => <DateText value={row.bookedOn} />,
      },
      { id: "what", header: t("transactions.what"), width: 210, card: "title", cell: (row) => <What row={row} /> },
      { id: "amount", header: t("transactions.amount"), width: 130, align: "end", card: "figure", cell: (row) => <Amount row={row} /> },
      { id: "category", header: t("transactions.category"), width: 120, cell: (row) => coded("category", row.category) },
      { id: "channel", header: t("transactions.channel"), width: 120, cell: (row) => coded("channel", row.channel) },
      ...(withHolding
        ? [
            {
              id: "holding",
              header: t("transactions.holding"),
              width: 140,
              cell: (row: TransactionRow) => <bdi>{names.get(row.holdingId) ?? "–"}</bdi>,
            },
          ]
        : []),
      {
        id: "balanceAfter",
        header: t("transactions.balanceAfter"),
        width: 120,
        align: "end",
        card: "none",
        cell: (row) =>
          row.balanceAfterMinor === null ? none : <Money minor={row.balanceAfterMinor} currency={row.currency} style="plain" />,
      },
      {
        id: "valueOn",
        header: t("transactions.valueOn"),
        width: dayWidth,
        hidden: true,
        cell: (row) => (row.valueOn === null ? none : <DateText value={row.valueOn} />),
      },
      {
        id: "counterpartyAccount",
        header: t("transactions.counterpartyAccount"),
        width: 230,
        hidden: true,
        cell: (row) =>
          row.counterpartyAccount === null ? (
            none
          ) : (
            <bdi dir="ltr" className="num">
              {format.code(groupedNumber(row.counterpartyAccount))}
            </bdi>
          ),
      },
      {
        id: "sourceKey",
        header: t("transactions.sourceKey"),
        width: 150,
        hidden: true,
        cell: (row) => <bdi dir="ltr">{row.sourceKey}</bdi>,
      },
    ];
    return columns;
  }, [holdings, withHolding, t, format, codes, dayWidth]);
}

/** Who was on the other side, and what was written; either alone when there is only one. */
export function What({ row }: { row: TransactionRow }) {
  const codes = useCodes();
  const counterparty = row.counterpartyName === "" ? null : row.counterpartyName;
  // Where the source has no words of its own, the category stands in their place: then as a code.
  const description = row.description === row.category ? null : row.description;
  const first = counterparty ?? description ?? (row.category === null ? null : codes("category", row.category));
  const second = counterparty !== null && description !== counterparty ? description : null;
  if (first === null) return none;
  return (
    <span className={classes.what}>
      <bdi>{first}</bdi>
      {second !== null && (
        <span className={classes.second}>
          <bdi>{second}</bdi>
        </span>
      )}
    </span>
  );
}

export function Amount({ row }: { row: TransactionRow }) {
  const credit = !row.amountMinor.startsWith("-");
  return (
    <span className={classes.amount} data-credit={credit || undefined}>
      <Money minor={row.amountMinor} currency={row.currency} />
    </span>
  );
}
