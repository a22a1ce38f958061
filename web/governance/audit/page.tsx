import { Select } from "@mantine/core";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { listAuditEvents } from "../../../server/governance/audit/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { Bidi } from "../../ui/bidi.tsx";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { loadChineseFaces } from "../../ui/fonts.ts";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePages } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";

type Event = AnswerOf<typeof listAuditEvents>["events"][number];

/** Beginnings of actions an auditor asks for; the words stand under `audit.groups`. */
const groups = ["customer.", "source_record.", "transaction.", "load.", "quarantine.", "mapping.", "sign_in.", "user.", "audit."] as const;
const asGroup = (raw: unknown): string | null => groups.find((group) => group === raw) ?? null;

export function AuditPage() {
  useEffect(() => void loadChineseFaces(), []); // colleagues are named in their own scripts
  const { t } = useTranslation("governance");
  const [action, setAction] = useUrlState("action", asGroup);
  const events = usePages(
    listAuditEvents,
    { query: action === null ? {} : { action } },
    ({ next }) => (next === null ? null : { before: next }),
    { keepPrevious: true },
  );
  const rows = useMemo(() => events.data?.pages.flatMap((page) => page.events) ?? [], [events.data]);
  return (
    <FillPage>
      <PageHeader title={t("audit.title")} note={t("audit.note")} />
      <DataTable<Event>
        name="audit"
        label={t("audit.title")}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => row.eventId}
        loading={events.isPending}
        error={events.error}
        onRetry={() => void events.refetch()}
        hasMore={events.hasNextPage}
        onMore={() => void events.fetchNextPage()}
        loadingMore={events.isFetchingNextPage}
        tools={
          <Select
            aria-label={t("audit.what")}
            placeholder={t("audit.everything")}
            clearable
            data={groups.map((value) => ({ value, label: t(`audit.groups.${value.replace(".", "")}`) }))}
            value={action}
            onChange={(value) => setAction(value ?? undefined)}
          />
        }
        empty={<EmptyState reason={action === null ? "data" : "filter"} title={t("audit.nothing")} text={t("audit.nothingText")} />}
      />
    </FillPage>
  );
}

function useColumns(): Column<Event>[] {
  const { t } = useTranslation("governance");
  const format = useFormat();
  return useMemo(
    () => [
      { id: "at", header: t("audit.at"), width: 190, card: "title", cell: (row) => <DateText value={row.at} time /> },
      {
        id: "actor",
        header: t("audit.who"),
        width: 200,
        cell: (row) => <Bidi>{row.actorName === "" ? t("audit.nobody") : row.actorName}</Bidi>,
      },
      {
        id: "action",
        header: t("audit.what"),
        width: 230,
        cell: (row) => t(`audit.actions.${row.action.replaceAll(".", "_")}`, { defaultValue: row.action }),
      },
      {
        id: "subjects",
        header: t("audit.howMany"),
        width: 110,
        align: "end",
        card: "figure",
        cell: (row) => format.number(row.subjectCount),
      },
      {
        id: "subject",
        header: t("audit.whom"),
        width: 300,
        cell: (row) => (row.subjectIds.length === 1 ? <code dir="ltr">{row.subjectIds[0]}</code> : null),
      },
      {
        id: "request",
        header: t("audit.request"),
        width: 300,
        hidden: true,
        card: "none",
        cell: (row) => <code dir="ltr">{row.requestId}</code>,
      },
      {
        id: "detail",
        header: t("audit.detail"),
        width: 260,
        hidden: true,
        card: "none",
        cell: (row) => <code dir="ltr">{JSON.stringify(row.detail)}</code>,
      },
    ],
    [t, format],
  );
}
