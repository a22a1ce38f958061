import { Button, Select } from "@mantine/core";
import { PlusIcon } from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { LoadState, listLoads } from "../../../server/customers/intake/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { Bidi } from "../../ui/bidi.tsx";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePages } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { useCan } from "../../ui/viewer.tsx";
import { isolate } from "../isolate.ts";
import { isMoving, LoadProgress, type ShownLoad, useLiveLoad } from "../load/live.tsx";
import { LoadLink } from "../load/load-link.tsx";
import { readOf } from "../load/report.tsx";
import { StateBadge } from "../load/state-badge.tsx";
import classes from "./loads.module.css";

const asState = (raw: unknown): LoadState | null => LoadState.options.find((state) => state === raw) ?? null;
/** A browser keeps six connections to a server; more than these few loads at once are seen by asking again. */
const streamsMax = 3;

export function LoadsPage() {
  const { t } = useTranslation("intake");
  const navigate = useNavigate();
  const [state, setState] = useUrlState("state", asState);
  const loads = usePages(listLoads, { query: state === null ? {} : { state } }, ({ next }) => (next === null ? null : { before: next }), {
    keepPrevious: true,
  });
  const rows = useMemo(() => loads.data?.pages.flatMap((page) => page.loads) ?? [], [loads.data]);
  const mayRun = useCan("load:run");
  const start = mayRun && (
    <Button component={AppLink} to="/loads/new" leftSection={<PlusIcon size={16} />}>
      {t("loads.new")}
    </Button>
  );
  return (
    <FillPage>
      <PageHeader title={t("loads.title")} note={t("loads.note")} actions={start} />
      <Running loads={rows.filter((load) => isMoving(load.state)).slice(0, streamsMax)} />
      <DataTable<ShownLoad>
        name="loads"
        label={t("loads.title")}
        columns={useColumns()}
        rows={rows}
        rowKey={(row) => row.loadId}
        onOpen={(row) => void navigate({ to: "/loads/$loadId", params: { loadId: row.loadId } } as never)}
        loading={loads.isPending}
        error={loads.error}
        onRetry={() => void loads.refetch()}
        hasMore={loads.hasNextPage}
        onMore={() => void loads.fetchNextPage()}
        loadingMore={loads.isFetchingNextPage}
        tools={
          <Select
            aria-label={t("loads.state")}
            placeholder={t("loads.everyState")}
            clearable
            w={220}
            data={LoadState.options.map((value) => ({ value, label: t(`states.${value}`) }))}
            value={state}
            onChange={(value) => setState((value as LoadState | null) ?? undefined)}
          />
        }
        empty={
          <EmptyState
            reason={state === null ? "data" : "filter"}
            title={t(state === null ? "loads.none" : "loads.noneOfState")}
            text={t(state === null ? "loads.noneText" : "loads.noneOfStateText")}
            action={state === null && start}
          />
        }
      />
    </FillPage>
  );
}

function Running({ loads }: { loads: readonly ShownLoad[] }) {
  const { t } = useTranslation("intake");
  if (loads.length === 0) return null;
  return (
    <section className={classes.running} aria-label={t("loads.running")}>
      {loads.map((load) => (
        <RunningLoad key={load.loadId} first={load} />
      ))}
    </section>
  );
}

function RunningLoad({ first }: { first: ShownLoad }) {
  const load = useLiveLoad(first) ?? first;
  return (
    <div className={classes.runningLoad}>
      <LoadLink loadId={load.loadId} loadNo={load.loadNo} source={load.sourceName} />
      <LoadProgress load={load} />
    </div>
  );
}

function useColumns(): Column<ShownLoad>[] {
  const { t } = useTranslation("intake");
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "load",
        header: t("loads.load"),
        width: 250,
        card: "title",
        cell: (row) => <LoadLink loadId={row.loadId} loadNo={row.loadNo} source={row.sourceName} />,
      },
      { id: "state", header: t("loads.state"), width: 120, card: "figure", cell: (row) => <StateBadge state={row.state} /> },
      { id: "rows", header: t("loads.records"), width: 120, align: "end", cell: (row) => <Records load={row} /> },
      {
        id: "quarantined",
        header: t("loads.quarantined"),
        width: 120,
        align: "end",
        cell: (row) => <span className={`num ${row.quarantined > 0 ? classes.bad : classes.none}`}>{format.number(row.quarantined)}</span>,
      },
      { id: "when", header: t("loads.when"), width: 150, cell: (row) => <RelativeTime value={row.startedAt} /> },
      {
        id: "duration",
        header: t("loads.duration"),
        width: 110,
        align: "end",
        card: "none",
        cell: (row) => (row.finishedAt === null ? "" : format.duration(Date.parse(row.finishedAt) - Date.parse(row.startedAt), "narrow")),
      },
      { id: "who", header: t("loads.who"), width: 170, cell: (row) => <Bidi>{row.startedBy}</Bidi> },
      {
        id: "mapping",
        header: t("loads.mapping"),
        width: 220,
        card: "none",
        cell: (row) => t("load.mapping", { name: isolate(row.mappingName), version: format.number(row.mappingVersion) }),
      },
      {
        id: "files",
        header: t("loads.files"),
        width: 280,
        card: "none",
        cell: (row) => <Bidi>{row.files.map((file) => file.name).join(", ")}</Bidi>,
      },
    ],
    [t, format],
  );
}

function Records({ load }: { load: ShownLoad }) {
  const format = useFormat();
  const records = load.report === null ? (load.progress?.rows ?? null) : readOf(load.report).read;
  return <span className="num">{records === null ? "" : format.number(records)}</span>;
}
