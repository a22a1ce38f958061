import { Badge } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Bidi } from "../../ui/bidi.tsx";
import type { Column } from "../../ui/data-table/column.ts";
import { DateText } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { type Event, useActWords } from "../words.ts";

export function useEventColumns(numbers: ReadonlyMap<string, string>): Column<Event>[] {
  const { t } = useTranslation("audit");
  const format = useFormat();
  const words = useActWords();
  return useMemo(
    () => [
      { id: "at", header: t("at"), width: 180, card: "title", cell: (row) => <DateText value={row.at} time /> },
      { id: "actor", header: t("who"), width: 190, cell: (row) => <Bidi>{row.actorName === "" ? t("nobody") : row.actorName}</Bidi> },
      { id: "action", header: t("what"), width: 240, cell: (row) => words(row.action) },
      {
        id: "decision",
        header: t("decision"),
        width: 110,
        onCard: (row) => row.decision === "refused",
        cell: (row) => (
          <Badge variant="light" color={row.decision === "refused" ? "red" : "gray"}>
            {t(`decisions.${row.decision}`)}
          </Badge>
        ),
      },
      {
        id: "subject",
        header: t("whom"),
        width: 160,
        cell: (row) =>
          row.subjectIds.length === 1 ? <Subject id={row.subjectIds[0] ?? ""} number={numbers.get(row.subjectIds[0] ?? "")} /> : null,
      },
      {
        id: "subjects",
        header: t("howMany"),
        width: 90,
        align: "end",
        card: "figure",
        cell: (row) => format.number(row.subjectCount),
      },
      {
        id: "ip",
        header: t("ip"),
        width: 140,
        card: "none",
        cell: (row) => (row.ipAddress === null ? null : <code dir="ltr">{row.ipAddress}</code>),
      },
      {
        id: "request",
        header: t("request"),
        width: 300,
        hidden: true,
        card: "none",
        cell: (row) => <code dir="ltr">{row.requestId}</code>,
      },
    ],
    [t, format, words, numbers],
  );
}

function Subject({ id, number }: { id: string; number: string | undefined }) {
  const format = useFormat();
  return number === undefined ? <code dir="ltr">{id.slice(-12)}</code> : <bdi className="num">{format.code(number)}</bdi>;
}
