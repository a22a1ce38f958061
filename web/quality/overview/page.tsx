import { Select, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readQuality } from "../../../server/customers/quality/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { heatOfScore } from "../heat.ts";
import { type Part, usePart } from "../part.ts";
import type { Quality } from "../quality.ts";
import { useQualityWords } from "../words.ts";
import { Branches } from "./branches.tsx";
import { HeatTable } from "./heat-table.tsx";
import classes from "./overview.module.css";
import { Trend } from "./trend.tsx";
import { Waiting } from "./waiting.tsx";

/** How good the data is, where it is worst, and how that moved. */
export function OverviewPage() {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const part = usePart();
  // Everything, for the choices and the ranking; the part that is looked at, for the figures. The same call while nothing is chosen.
  const whole = useEndpoint(readQuality, { query: {} } as never);
  const answer = useEndpoint(readQuality, { query: part.query } as never, { keepPrevious: true });
  const error = answer.error ?? whole.error;
  const quality = answer.data as Quality | undefined;
  const all = whole.data as Quality | undefined;
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("overview.title")}
        note={
          <span className="num">
            {quality ? t("overview.note", { count: quality.records, text: format.number(quality.records) }) : " "}
          </span>
        }
        actions={all && <PartPicker all={all} part={part} />}
      />
      {error ? (
        <ErrorState error={error} retry={() => void Promise.all([answer.refetch(), whole.refetch()])} />
      ) : quality === undefined || all === undefined ? (
        <Skeleton height={480} />
      ) : quality.records === 0 ? (
        <EmptyState reason={all.records > 0 ? "filter" : "data"} title={t("overview.none")} text={t("overview.noneText")} />
      ) : (
        <>
          <Scores quality={quality} />
          <HeatTable quality={quality} part={part} />
          <div className={classes.columns}>
            <Branches quality={all} part={part} />
            <div className={classes.stack}>
              <Trend part={part} />
              <Waiting quality={all} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

const toneOf = { none: "plain", good: "good", fair: "plain", warn: "warn", bad: "bad" } as const;

function Scores({ quality }: { quality: Quality }) {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const words = useQualityWords();
  return (
    <StatRow>
      <StatCard
        label={t("overview.score")}
        value={words.score(quality.score)}
        note={t("overview.scoreNote", { n: 100 })}
        tone={toneOf[heatOfScore(quality.score)]}
      />
      {quality.dimensions.map(({ dimension, score, failing, records }) => (
        <StatCard
          key={dimension}
          label={words.dimension(dimension)}
          value={words.score(score)}
          tone={toneOf[heatOfScore(score)]}
          note={
            <>
              {words.dimensionText(dimension)}
              <br />
              <span className="num">{t("overview.failing", { failing: format.number(failing), records: format.number(records) })}</span>
            </>
          }
        />
      ))}
    </StatRow>
  );
}

function PartPicker({ all, part }: { all: Quality; part: Part }) {
  const { t } = useTranslation("quality");
  const branches = all.branches.flatMap(({ branchId, name }) => (branchId === null ? [] : [{ value: branchId, label: name ?? branchId }]));
  return (
    <div className={classes.pickers}>
      <Select
        aria-label={t("overview.source")}
        placeholder={t("overview.everySource")}
        clearable
        w={200}
        data={all.sources.map(({ sourceId, name }) => ({ value: String(sourceId), label: name }))}
        value={part.sourceId === null ? null : String(part.sourceId)}
        onChange={(value) => part.setSource(value === null ? undefined : Number(value))}
      />
      {branches.length > 1 && (
        <Select
          aria-label={t("overview.branch")}
          placeholder={t("overview.everyBranch")}
          clearable
          searchable
          w={220}
          data={branches.sort((a, b) => a.label.localeCompare(b.label))}
          value={part.branchId}
          onChange={(value) => part.setBranch(value ?? undefined)}
        />
      )}
    </div>
  );
}
