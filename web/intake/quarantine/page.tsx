import { Button, SegmentedControl } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { listQuarantine, readLoad } from "../../../server/customers/intake/contract.ts";

import { Bidi } from "../../ui/bidi.tsx";
import type { Column } from "../../ui/data-table/column.ts";
import { DataTable } from "../../ui/data-table/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { FillPage } from "../../ui/fill-page.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint, usePages } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import { useCan } from "../../ui/viewer.tsx";
import { isolate } from "../isolate.ts";
import { LoadLink } from "../load/load-link.tsx";
import { useWords } from "../words.ts";
import { FixAll } from "./fix-all.tsx";
import { Groups } from "./groups.tsx";
import classes from "./quarantine.module.css";
import type { Group, Row } from "./row.ts";
import { RowPanel } from "./row-panel.tsx";

const shownStates = ["open", "waiting", "discarded"] as const;
type ShownState = (typeof shownStates)[number];
const asShownState = (raw: unknown): ShownState => shownStates.find((state) => state === raw) ?? "open";
const asText = (raw: unknown): string | null => (typeof raw === "string" && raw !== "" ? raw : null);

/** Rows that could not be landed: by reason and field, each to be put right, thrown away, or waited for. */
export function QuarantinePage() {
  const { t } = useTranslation("intake");
  const [state, setState] = useUrlState("state", asShownState);
  const filter = useFilter();
  const query = { ...filter.query, state };
  const list = usePages(listQuarantine, { query }, ({ next }) => (next === null ? null : { after: next }), { keepPrevious: true });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const groups = (list.data?.pages[0]?.groups ?? []).filter((group) => group.state === state);
  const [openId, setOpenId] = useUrlState("row", asText);
  const at = rows.findIndex((row) => row.quarantineId === openId);
  const total = groups.filter(filter.chosen).reduce((sum, group) => sum + group.rows, 0);
  const show = (next: ShownState) => {
    filter.clear();
    setState(next === "open" ? undefined : next);
  };
  return (
    <FillPage>
      <PageHeader title={t("quarantine.title")} note={<Note loadId={filter.query.loadId ?? null} onAll={filter.everyLoad} />} />
      <div className={classes.layout}>
        <Groups groups={groups} chosen={filter.any ? filter.chosen : () => false} onChoose={filter.choose} />
        <div className={classes.main}>
          <p className={classes.explain}>{t(`quarantine.about.${state}`)}</p>
          {state === "open" && filter.one && <FixAll group={filter.one} loadId={filter.query.loadId ?? null} rows={rows} />}
          <div className={classes.table}>
            <DataTable<Row>
              name="quarantine"
              label={t("quarantine.title")}
              columns={useColumns((row) => setOpenId(row.quarantineId))}
              rows={rows}
              rowKey={(row) => row.quarantineId}
              onOpen={(row) => setOpenId(row.quarantineId)}
              loading={list.isPending}
              error={list.error}
              onRetry={() => void list.refetch()}
              hasMore={list.hasNextPage}
              onMore={() => void list.fetchNextPage()}
              loadingMore={list.isFetchingNextPage}
              total={{ count: Math.max(total, rows.length), exact: true }}
              tools={
                <SegmentedControl
                  size="xs"
                  aria-label={t("quarantine.state")}
                  data={shownStates.map((value) => ({ value, label: t(`quarantine.states.${value}`) }))}
                  value={state}
                  onChange={show}
                />
              }
              empty={
                <EmptyState
                  reason={state === "open" && !filter.any ? "data" : "filter"}
                  title={t(`quarantine.empty.${state}`)}
                  text={state === "open" && !filter.any ? t("quarantine.emptyText") : undefined}
                />
              }
            />
          </div>
        </div>
      </div>
      <RowPanel
        row={rows[at]}
        before={rows[at - 1]}
        after={rows[at + 1]}
        onOpen={(row) => setOpenId(row.quarantineId, { replace: true })}
        onClose={() => setOpenId(undefined, { replace: true })}
      />
    </FillPage>
  );
}

/** Reason, field, kind and load, as the address says them. */
function useFilter() {
  const [reason, setReason] = useUrlState("reason", asText);
  const [field, setField] = useUrlState("field", asText);
  const [kind, setKind] = useUrlState("kind", asText);
  const [loadId, setLoadId] = useUrlState("load", asText);
  const set = (group: Group | null) => {
    setReason(group?.reason);
    setField(group?.field ?? undefined);
    setKind(group?.kind);
  };
  const chosen = (group: Pick<Group, "reason" | "field" | "kind">): boolean =>
    (reason === null || group.reason === reason) && (field === null || group.field === field) && (kind === null || group.kind === kind);
  const any = reason !== null;
  return {
    any,
    one: reason !== null && kind !== null ? { reason, kind, field } : null,
    query: {
      ...(reason === null ? {} : { reason }),
      ...(field === null ? {} : { field }),
      ...(kind === null ? {} : { kind }),
      ...(loadId === null ? {} : { loadId }),
    },
    chosen,
    choose: (group: Group) => set(any && chosen(group) ? null : group),
    clear: () => set(null),
    everyLoad: () => setLoadId(undefined),
  };
}

function Note({ loadId, onAll }: { loadId: string | null; onAll: () => void }) {
  const { t } = useTranslation("intake");
  const load = useEndpoint(readLoad, { params: { loadId: loadId ?? "" } }, { enabled: loadId !== null });
  if (loadId === null || !load.data) return t("quarantine.note");
  return (
    <span className="num">
      {t("quarantine.ofLoad")} <LoadLink loadId={load.data.loadId} loadNo={load.data.loadNo} source={load.data.sourceName} inText />{" "}
      <Button size="compact-xs" variant="subtle" onClick={onAll}>
        {t("quarantine.everyLoad")}
      </Button>
    </span>
  );
}

function useColumns(open: (row: Row) => void): Column<Row>[] {
  const { t } = useTranslation("intake");
  const words = useWords();
  const format = useFormat();
  const mayCorrect = useCan("quarantine:correct");
  return useMemo(
    () => [
      {
        id: "value",
        header: t("quarantine.value"),
        width: 190,
        card: "title",
        cell: (row) => <WrongValue row={row} />,
      },
      {
        id: "why",
        header: t("quarantine.why"),
        width: 210,
        cell: (row) => `${words.reason(row.reason)}${row.field === null ? "" : `: ${words.field(row.field)}`}`,
      },
      { id: "kind", header: t("river.kind"), width: 150, card: "none", cell: (row) => words.kind(row.kind) },
      {
        id: "key",
        header: t("quarantine.key"),
        width: 100,
        cell: (row) => <Bidi>{row.sourceKey ?? ""}</Bidi>,
      },
      {
        id: "place",
        header: t("quarantine.place"),
        width: 200,
        cell: (row) => <span className="num">{t("reasonList.line", { file: isolate(row.file), line: format.number(row.lineNo) })}</span>,
      },
      {
        id: "open",
        header: t("quarantine.action"),
        width: 100,
        card: "figure",
        cell: (row) => (
          <Button size="compact-xs" variant="light" onClick={() => open(row)}>
            {t(mayCorrect ? "quarantine.correct" : "quarantine.look")}
          </Button>
        ),
      },
    ],
    [t, words, format, open, mayCorrect],
  );
}

function WrongValue({ row }: { row: Row }) {
  const { t } = useTranslation("intake");
  const value = row.column === null ? row.raw.line : row.raw[row.column];
  if (value === undefined) return <span>{t("quarantine.wholeRow")}</span>;
  return <bdi className={classes.wrong}>{value === null || value === "" ? t("reasonList.empty") : value}</bdi>;
}
