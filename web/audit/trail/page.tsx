import { Anchor, Button } from "@mantine/core";
import { DownloadIcon } from "@primer/octicons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { findAuditedCustomers } from "../../../server/customers/directory/contract.ts";
import { exportAuditEvents, listAuditEvents } from "../../../server/governance/audit/contract.ts";
import { addressOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { useChineseNames } from "../../ui/chinese-faces.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useEndpoint, usePages } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { useCustomerNumbers } from "../customer-numbers.ts";
import { type Event, useActWords } from "../words.ts";
import { useEventColumns } from "./event-columns.tsx";
import { EventFacts } from "./event-facts.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { useTrailFilters } from "./filters.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The trail, searched by person, customer, act, decision and days; each row opens to everything it says. */
export function TrailPage() {
  useChineseNames(); // colleagues are named in their own scripts
  const { t } = useTranslation("audit");
  const words = useActWords();
  const filters = useTrailFilters();
  const subject = useSubject(filters.customer);
  const query = { ...filters.query, ...(subject.id === null ? {} : { subjectId: subject.id }) };
  const asks = filters.customer === "" || subject.id !== null;
  const events = usePages(listAuditEvents, { query }, ({ next }) => (next === null ? null : { before: next }), {
    keepPrevious: true,
    enabled: asks,
  });
  const rows = useMemo(() => (asks ? (events.data?.pages.flatMap((page) => page.events) ?? []) : []), [events.data, asks]);
  const numbers = useCustomerNumbers(rows);
  const [open, setOpen] = useState<Event | null>(null);
  const address = addressOf(exportAuditEvents, { query });
  return (
    <FillPage>
      <PageHeader
        title={t("title")}
        note={t("note")}
        actions={
          <>
            {subject.id !== null && (
              <Button component={AppLink} to={`/audit/customers/${subject.id}`} variant="default">
                {t("looks.title")}
              </Button>
            )}
            <Button component="a" href={address} download variant="default" leftSection={<DownloadIcon size={14} />} disabled={!asks}>
              {t("export")}
            </Button>
          </>
        }
      />
      <DataTable<Event>
        name="audit"
        label={t("title")}
        columns={useEventColumns(numbers)}
        rows={rows}
        rowKey={(row) => row.eventId}
        onOpen={setOpen}
        loading={asks ? events.isPending : subject.pending}
        error={events.error ?? subject.error}
        onRetry={() => void events.refetch()}
        hasMore={asks && events.hasNextPage}
        onMore={() => void events.fetchNextPage()}
        loadingMore={events.isFetchingNextPage}
        tools={<FilterBar filters={filters} />}
        empty={
          asks ? (
            <EmptyState reason={filters.any ? "filter" : "data"} title={t("nothing")} text={t("nothingText")} />
          ) : (
            <EmptyState reason="filter" title={t("noCustomer")} text={t("noCustomerText")} />
          )
        }
      />
      <SidePanel opened={open !== null} onClose={() => setOpen(null)} title={open === null ? "" : words(open.action)}>
        {open !== null && <EventFacts event={open} numbers={numbers} />}
        {open?.subjectKind === "customer" && open.subjectIds.length === 1 && (
          <Anchor component={AppLink} to={`/audit/customers/${open.subjectIds[0] ?? ""}`} size="sm" mt="md" display="inline-block">
            {t("looks.title")}
          </Anchor>
        )}
      </SidePanel>
    </FillPage>
  );
}

/** A customer's number, or an id, as typed; null until it is known. */
function useSubject(typed: string): { id: string | null; pending: boolean; error: unknown } {
  const isId = UUID.test(typed);
  const asked = typed !== "" && !isId;
  const found = useEndpoint(findAuditedCustomers, { query: { number: [typed] } }, { enabled: asked });
  if (!asked) return { id: isId ? typed.toLowerCase() : null, pending: false, error: null };
  return { id: found.data?.customers[0]?.customerId ?? null, pending: found.isPending, error: found.error };
}
