import { Button, SegmentedControl, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listWatched } from "../../../server/intelligence/credit/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useUrlState } from "../../ui/url-state.ts";
import { useCan } from "../../ui/viewer.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import classes from "../risk.module.css";
import { useRiskWords } from "../words.ts";
import { WatchPanel } from "./watch-panel.tsx";

const views = ["standing", "overdue", "left"] as const;
type Watched = AnswerOf<typeof listWatched>["watched"][number];

/** Who is watched, why, what is done about it, and when the next look is due. */
export function WatchListPage() {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const [view, setView] = useUrlState("view", (raw) => views.find((one) => one === raw) ?? "standing");
  const query = { left: view === "left", overdue: view === "overdue" };
  const answer = useEndpoint(listWatched, { query } as never, { keepPrevious: true });
  const [chosen, setChosen] = useState<Watched | null>(null);
  const list = answer.data;
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("watch.title")}
        path={[{ label: t("portfolio.title"), to: "/risk" }]}
        note={list ? t("watch.count", { text: `${format.number(list.watched.length)}${list.more ? "+" : ""}` }) : " "}
        actions={
          <SegmentedControl
            aria-label={t("watch.title")}
            data={views.map((value) => ({ value, label: t(`watch.views.${value}`) }))}
            value={view}
            onChange={(value) => setView(value)}
          />
        }
      />
      {answer.error ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : list === undefined ? (
        <Skeleton height={400} />
      ) : list.watched.length === 0 ? (
        <EmptyState reason="data" title={t("watch.none")} text={t("watch.noneText")} />
      ) : (
        <Surface padding="none">
          <List list={list} onChoose={setChosen} past={view === "left"} />
        </Surface>
      )}
      <WatchPanel entry={chosen} onClose={() => setChosen(null)} />
    </div>
  );
}

interface ListProps {
  list: AnswerOf<typeof listWatched>;
  past: boolean;
  onChoose: (entry: Watched) => void;
}

function List({ list, past, onChoose }: ListProps) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const mayManage = useCan("credit:manage");
  return (
    <WideTable label={t("watch.title")} className={classes.table}>
      <thead>
        <tr>
          <th scope="col">{t("customer")}</th>
          <th scope="col">{t("watch.why")}</th>
          <th scope="col">{t("bandHead")}</th>
          <th scope="col" className="num">
            {t("drawn")}
          </th>
          <th scope="col">{past ? t("watch.leftWhen") : t("watch.review")}</th>
          <th scope="col">{past ? t("watch.leftWhy") : t("watch.actions")}</th>
          {mayManage && !past && <th scope="col" aria-label={t("watch.look")} />}
        </tr>
      </thead>
      <tbody>
        {list.watched.map((entry) => (
          <tr key={entry.watchId}>
            <th scope="row">
              <CustomerName customer={entry} tab="risk" note={entry.branchName} />
            </th>
            <td>
              <bdi>{entry.rule === null ? entry.reason : t(`rules.${entry.rule}`)}</bdi>
              <div className={classes.note}>
                {t(entry.rule === null ? "watch.enteredBy" : "watch.enteredByRule", {
                  name: entry.enteredByName ?? "",
                  date: format.date(entry.enteredAt),
                })}
              </div>
            </td>
            <td>{entry.band === null ? "—" : words.band(entry.band)}</td>
            <td className="num">
              {entry.drawnMinor === null ? "—" : <Money minor={entry.drawnMinor} currency={list.currency} style="compact" />}
            </td>
            <td className="num">
              {past ? (
                format.date(entry.leftAt ?? entry.enteredAt)
              ) : entry.reviewOn < list.today ? (
                <StateMark tone="bad">{t("watch.overdueSince", { date: format.date(entry.reviewOn) })}</StateMark>
              ) : (
                format.date(entry.reviewOn)
              )}
            </td>
            <td>
              <bdi>{past ? entry.leftReason : entry.actions || "—"}</bdi>
            </td>
            {mayManage && !past && (
              <td>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => onChoose(entry)}
                  aria-label={t("watch.lookAt", { name: entry.fullName })}
                >
                  {t("watch.look")}
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
