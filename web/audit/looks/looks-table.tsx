import { Anchor } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { listLooks } from "../../../server/governance/audit/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { Bidi } from "../../ui/bidi.tsx";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";

type Look = AnswerOf<typeof listLooks>["looks"][number];

interface LooksTableProps {
  customerId: string;
  days: { from?: string; to?: string };
  height: "fill" | number;
  tools?: ReactNode;
}

/** Who saw one customer, by person, the latest first; each leads to what that person did there. */
export function LooksTable({ customerId, days, height, tools }: LooksTableProps) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const looks = useEndpoint(listLooks, { params: { subjectId: customerId }, query: days }, { keepPrevious: true });
  const columns = useMemo<Column<Look>[]>(
    () => [
      {
        id: "who",
        header: t("who"),
        width: 220,
        card: "title",
        cell: (row) => (
          <Anchor component={AppLink} to="/audit" search={{ person: row.actorId, customer: customerId } as never} size="sm">
            <Bidi>{row.actorName === "" ? t("nobody") : row.actorName}</Bidi>
          </Anchor>
        ),
      },
      { id: "alone", header: t("looks.alone"), width: 130, align: "end", card: "figure", cell: (row) => format.number(row.alone) },
      { id: "among", header: t("looks.among"), width: 150, align: "end", cell: (row) => format.number(row.among) },
      { id: "refused", header: t("looks.refused"), width: 120, align: "end", cell: (row) => format.number(row.refused) },
      { id: "last", header: t("looks.last"), width: 190, cell: (row) => <DateText value={row.lastAt} time /> },
      { id: "first", header: t("looks.first"), width: 190, cell: (row) => <DateText value={row.firstAt} time /> },
    ],
    [t, format, customerId],
  );
  return (
    <DataTable<Look>
      name="looks"
      label={t("looks.title")}
      columns={columns}
      rows={looks.data?.looks ?? []}
      rowKey={(row) => row.actorId}
      loading={looks.isPending}
      error={looks.error}
      onRetry={() => void looks.refetch()}
      height={height}
      tools={tools}
      empty={<EmptyState reason="data" title={t("looks.none")} text={t("looks.noneText")} />}
    />
  );
}
