import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { listAlerts } from "../../../server/intelligence/fraud/alerts/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { KeyLegend } from "../../ui/key-legend.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { usePages } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import type { Alert } from "../alert.ts";
import { CourseAlarm } from "../course/course-alarm.tsx";
import classes from "../fraud.module.css";
import { useWork } from "../use-work.ts";
import { AlertRow } from "./row.tsx";
import { useQueue } from "./use-queue.ts";

const views = ["waiting", "mine", "closed"] as const;
type View = (typeof views)[number];
const asView = (raw: unknown): View | null => views.find((view) => view === raw) ?? null;

/** Alerts, those that may cost most first. */
export function QueuePage() {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const [chosen, setView] = useUrlState("state", asView);
  const view = chosen ?? "waiting";
  const list = usePages(listAlerts, { query: { state: view } as never }, ({ next }) => (next === null ? null : { after: next }), {
    keepPrevious: true,
  });
  const alerts = list.data?.pages.flatMap((page) => page.alerts) ?? [];
  const waiting = list.data?.pages[0]?.waiting;
  const note =
    waiting === undefined
      ? " "
      : t("queue.note", {
          n: format.number(waiting.alerts),
          loss: `\u2068${format.money(waiting.expectedLossMinor, waiting.currency, "round")}\u2069`,
        });
  return (
    <>
      <PageHeader title={t("queue.title")} note={<span className="num">{note}</span>} actions={<Keys />} />
      <CourseAlarm />
      <div className={classes.tools}>
        <SegmentedControl
          aria-label={t("queue.view")}
          data={views.map((value) => ({ value, label: t(`queue.views.${value}`) }))}
          value={view}
          onChange={(value) => setView(value === "waiting" ? undefined : (value as View))}
        />
      </div>
      {list.error && list.data === undefined ? (
        <ErrorState error={list.error} retry={() => void list.refetch()} />
      ) : list.isPending ? (
        <div role="status" aria-label={t("queue.loading")}>
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} height={96} mb={8} />
          ))}
        </div>
      ) : alerts.length === 0 ? (
        <EmptyState reason="data" title={t("queue.none")} text={t("queue.noneText")} />
      ) : (
        <List alerts={alerts} />
      )}
      {list.hasNextPage && (
        <Button mt="md" variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("queue.more")}
        </Button>
      )}
    </>
  );
}

function List({ alerts }: { alerts: readonly Alert[] }) {
  const { t } = useTranslation("fraud");
  const navigate = useNavigate();
  const work = useWork();
  const open = ({ alertId }: Alert) => void navigate({ to: "/fraud/$alertId", params: { alertId } } as never);
  const queue = useQueue(alerts, work, open);
  return (
    <ul className={classes.list} aria-label={t("queue.title")}>
      {alerts.map((alert, at) => (
        <AlertRow
          key={alert.alertId}
          alert={alert}
          isCurrent={at === queue.at}
          onCurrent={() => queue.goTo(at)}
          onTake={() => work.take(alert)}
        />
      ))}
    </ul>
  );
}

const shown = [
  ["j k", "move"],
  ["t", "take"],
  ["f", "fraud"],
  ["g", "genuine"],
  ["o", "open"],
] as const;

function Keys() {
  const { t } = useTranslation("fraud");
  return <KeyLegend keys={shown.map(([keys, word]) => ({ keys: keys.split(" "), does: t(`keyWords.${word}`) }))} />;
}
