import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { orderClusters, readClusters } from "../../../server/intelligence/segments/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote, ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { useCan } from "../../ui/viewer.tsx";
import { ClusterCard } from "./cluster-card.tsx";
import classes from "./clusters.module.css";

const runningLookMs = 1500;
const STABLE = 0.8;

type Run = NonNullable<AnswerOf<typeof readClusters>["run"]>;

/** Groups of like customers: how many, how sure, and what sets each apart. */
export function ClustersPage() {
  const { t } = useTranslation("segments");
  const [running, setRunning] = useState(false);
  const answer = useEndpoint(readClusters, {}, running ? { refetchEveryMs: runningLookMs } : {});
  const run = answer.data?.run ?? null;
  const isRunning = run !== null && run.finishedAt === null;
  if (isRunning !== running && answer.data !== undefined) setRunning(isRunning);
  const order = useAction(orderClusters, { refreshes: [readClusters] });
  const find = useCan("segment:write") && (
    <Button loading={order.isPending || isRunning} onClick={() => order.mutate({ body: {} } as never)}>
      {t("clusters.find")}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t("clusters.title")}
        path={[{ label: t("list.title"), to: "/segments" }]}
        note={t("clusters.note")}
        actions={find}
      />
      <ErrorNote error={order.error} />
      {answer.error ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : answer.isPending ? (
        <Skeleton height={320} />
      ) : run === null ? (
        <EmptyState reason="data" title={t("clusters.none")} text={t("clusters.noneText")} action={find} />
      ) : isRunning ? (
        <p aria-live="polite">{t("clusters.running")}</p>
      ) : run.failed ? (
        <EmptyState reason="data" title={t("clusters.failed")} text={t("clusters.noneText")} />
      ) : (
        <Found run={run} />
      )}
    </>
  );
}

function Found({ run }: { run: Run }) {
  const { t } = useTranslation("segments");
  const format = useFormat();
  return (
    <div className={classes.found}>
      <p>
        {t("clusters.quality", {
          count: run.clusters.length,
          text: format.number(run.customers),
          silhouette: format.number(run.silhouette, 2),
          stability: format.number(run.stability, 2),
        })}{" "}
        {run.stability < STABLE && t("clusters.unstable")}
      </p>
      <div className={classes.cards}>
        {run.clusters.map((cluster, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a cluster has no name but its place
          <ClusterCard key={place} runId={run.runId} place={place} cluster={cluster} />
        ))}
      </div>
    </div>
  );
}
