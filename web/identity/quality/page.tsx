import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readMatchingQuality } from "../../../server/customers/identity/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { isolate } from "../isolate.ts";
import { Blocks } from "./blocks.tsx";
import { Confidence } from "./confidence.tsx";
import { LearnAnew } from "./learn-anew.tsx";
import { Models } from "./models.tsx";
import classes from "./quality.module.css";
import type { Quality } from "./quality.ts";
import { Weights } from "./weights.tsx";

/** How good the matching is, what it rests on, and what another threshold would do. */
export function QualityPage() {
  const { t } = useTranslation("identity");
  const answer = useEndpoint(readMatchingQuality, {});
  const mayLearn = useCan("identity:learn");
  const quality = answer.data;
  // The model that was in force when somebody ordered another; undefined while nothing runs.
  const [since, setSince] = useState<number | null | undefined>(undefined);
  const started = () => setSince(quality?.modelNo ?? null);
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("quality.title")}
        note={quality ? <Learned quality={quality} /> : " "}
        actions={mayLearn && quality ? <LearnAnew since={since} onStarted={started} onDone={() => setSince(undefined)} /> : undefined}
      />
      {quality ? (
        <Shown quality={quality} onStarted={started} />
      ) : answer.error ? (
        <ErrorState error={answer.error} retry={() => void answer.refetch()} />
      ) : (
        <Skeleton height={420} />
      )}
    </div>
  );
}

function Learned({ quality }: { quality: Quality }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  if (quality.modelNo === null) return t("quality.noModel");
  return (
    <span className="num">
      {t("quality.model", { no: format.number(quality.modelNo) })}
      {quality.learnedAt !== null && (
        <>
          {" · "}
          <DateText value={quality.learnedAt} time />
        </>
      )}
      {quality.learnedByName !== null && ` · ${isolate(quality.learnedByName)}`}
    </span>
  );
}

function Shown({ quality, onStarted }: { quality: Quality; onStarted: () => void }) {
  const { t } = useTranslation("identity");
  if (quality.modelNo === null) return <EmptyState reason="data" title={t("quality.none")} text={t("quality.noneText")} />;
  return (
    <>
      <Figures quality={quality} />
      <Confidence key={quality.modelNo} quality={quality} onStarted={onStarted} />
      <Weights quality={quality} />
      <Blocks quality={quality} />
      <Models quality={quality} />
    </>
  );
}

function Figures({ quality }: { quality: Quality }) {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const { same, apart, later } = quality.decisions;
  const open = Object.values(quality.open).reduce((sum, count) => sum + count, 0);
  return (
    <StatRow>
      <StatCard label={t("quality.records")} value={format.number(quality.parties)} />
      <StatCard
        label={t("quality.customers")}
        value={format.number(quality.customers)}
        note={t("quality.customersNote", { n: format.number(quality.parties / Math.max(1, quality.customers), 2) })}
      />
      <StatCard label={t("quality.compared")} value={format.number(quality.pairsCompared)} note={t("quality.comparedNote")} />
      <StatCard label={t("quality.open")} value={format.number(open)} tone={open > 0 ? "warn" : "plain"} note={t("quality.openNote")} />
      <StatCard
        label={t("quality.decided")}
        value={format.number(same + apart)}
        note={t("quality.decidedNote", { same: format.number(same), apart: format.number(apart), later: format.number(later) })}
      />
    </StatRow>
  );
}
