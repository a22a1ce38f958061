import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { listCustomers } from "../../../server/customers/directory/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { Bidi } from "../../ui/bidi.tsx";
import { CustomerName } from "../../ui/customer-name.tsx";
import type { Column } from "../../ui/data-table/column.ts";
import { DateText } from "../../ui/date-text.tsx";
import type { Format } from "../../ui/format.ts";
import { Money } from "../../ui/money.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useCodes } from "../codes.ts";
import { CustomerMarks } from "../customer-marks.tsx";
import { useDayWidth } from "../day-width.ts";
import classes from "./list.module.css";

export type Row = AnswerOf<typeof listCustomers>["customers"][number];

const text = (value: string | null | undefined) => (value === null || value === undefined ? null : <Bidi>{value}</Bidi>);
const day = (value: string | null) => (value === null ? null : <DateText value={value} />);

function amount(row: Row, minor: string, others: string) {
  if (row.currency === null) return null;
  return (
    <>
      <Money minor={minor} currency={row.currency} />
      {row.otherCurrencies && (
        <abbr className={classes.others} title={others}>
          +
        </abbr>
      )}
    </>
  );
}

/** A phone is read from left to right in every script. */
function number(value: string | null, format: Format) {
  return value === null ? null : (
    <bdi dir="ltr" className="num">
      {format.code(value)}
    </bdi>
  );
}

/** The columns of the working table. Ids of sortable ones are what the API sorts by. */
export function useColumns(): readonly Column<Row>[] {
  const { t } = useTranslation("customers");
  const format = useFormat();
  const codes = useCodes();
  const dayWidth = useDayWidth();
  return useMemo(() => {
    const others = t("list.otherCurrencies");
    const named = (id: string, header = t(`fields.${id}`)) => ({ id, header });
    return [
      {
        ...named("name"),
        width: 250,
        sortable: true,
        card: "title",
        cell: (row) => <CustomerName customer={row} marks={<CustomerMarks customer={row} />} inGrid />,
      },
      { ...named("segment"), width: 125, cell: (row) => text(row.segment === null ? null : codes("segment", row.segment)) },
      { ...named("portfolio"), width: 150, card: "none", cell: (row) => text(row.portfolio?.ownerName ?? row.portfolio?.name) },
      { ...named("branch"), width: 185, card: "none", cell: (row) => text(row.branch?.name) },
      {
        ...named("assets"),
        width: 150,
        align: "end",
        sortable: true,
        card: "figure",
        cell: (row) => amount(row, row.assetsMinor, others),
      },
      {
        ...named("debts"),
        width: 150,
        align: "end",
        sortable: true,
        onCard: (row) => row.debtsMinor !== "0",
        cell: (row) => amount(row, row.debtsMinor, others),
      },
      { ...named("lastTransactionOn"), width: dayWidth + 8, sortable: true, cell: (row) => day(row.lastTransactionOn) },
      { ...named("city"), width: 130, hidden: true, card: "none", cell: (row) => text(row.city) },
      { ...named("phone"), width: 150, card: "none", cell: (row) => number(row.phone, format) },
      { ...named("customerSince"), width: dayWidth, sortable: true, hidden: true, card: "none", cell: (row) => day(row.customerSince) },
      { ...named("bornOn"), width: dayWidth, hidden: true, card: "none", cell: (row) => day(row.bornOn) },
      { ...named("email"), width: 210, hidden: true, cell: (row) => text(row.email) },
      { ...named("kind"), width: 120, hidden: true, cell: (row) => t(`kind.${row.kind}`) },
      {
        ...named("language"),
        width: 120,
        hidden: true,
        cell: (row) => text(row.language === null ? null : format.languageName(row.language)),
      },
      { ...named("country"), width: 140, hidden: true, cell: (row) => text(row.country === null ? null : format.countryName(row.country)) },
      {
        ...named("holdingCount"),
        width: 100,
        align: "end",
        hidden: true,
        cell: (row) => <span className="num">{format.number(row.holdingCount)}</span>,
      },
    ];
  }, [t, format, codes, dayWidth]);
}
