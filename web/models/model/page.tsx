import { Select, Skeleton } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { readModel, readModelVersion } from "../../../server/intelligence/scores/contract.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { useUrlState } from "../../ui/url-state.ts";
import classes from "../models.module.css";
import type { ModelDetail } from "../models.ts";
import { useModelWords } from "../words.ts";
import { Drivers } from "./drivers.tsx";
import { Failing } from "./failing.tsx";
import { Goodness } from "./goodness.tsx";
import { Made } from "./made.tsx";
import { Today } from "./today.tsx";
import { TrainButton } from "./train-button.tsx";
import { Deployments, Trainings } from "./trainings.tsx";
import { Versions } from "./versions.tsx";

const REFRESH_MS = 5_000;
const asVersion = (raw: unknown): number | null => (Number.isInteger(raw) && Number(raw) > 0 ? Number(raw) : null);

/** One model on one page that a colleague from audit can read: what for, from what, how good, where not, what drives it, who approved, how it does today. */
export function ModelPage() {
  const { modelId } = useParams({ strict: false }) as { modelId: string };
  const { t } = useTranslation("models");
  const words = useModelWords();
  const answer = useEndpoint(readModel, { params: { modelId } }, { refetchEveryMs: REFRESH_MS, keepPrevious: true });
  const [looked, setLooked] = useUrlState("version", asVersion);
  const detail = answer.data;
  const version = looked ?? detail?.model.champion?.version ?? detail?.versions[0]?.version ?? null;
  return (
    <div className={classes.page}>
      <PageHeader
        title={words.model(modelId)}
        path={[{ label: t("list.title"), to: "/models" }]}
        note={words.purpose(modelId)}
        actions={
          detail && (
            <>
              <VersionPicker detail={detail} version={version} onVersion={(next) => setLooked(next ?? undefined)} />
              <TrainButton detail={detail} />
            </>
          )
        }
      />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={400} />}
      {detail && (
        <>
          {version === null ? <EmptyState reason="data" title={t("list.nothing")} /> : <Looked detail={detail} version={version} />}
          <Versions detail={detail} onLook={(next) => setLooked(next)} />
          <div className={classes.columns}>
            <Trainings detail={detail} />
            <Deployments detail={detail} />
          </div>
        </>
      )}
    </div>
  );
}

function VersionPicker({
  detail,
  version,
  onVersion,
}: {
  detail: ModelDetail;
  version: number | null;
  onVersion: (version: number | null) => void;
}) {
  const { t } = useTranslation("models");
  const format = useFormat();
  if (detail.versions.length < 2) return null;
  return (
    <Select
      aria-label={t("page.looked")}
      w={230}
      allowDeselect={false}
      data={detail.versions.map((one) => ({
        value: String(one.version),
        label: `${t("list.version", { n: format.number(one.version) })} · ${t(`states.${one.state}`)}`,
      }))}
      value={version === null ? null : String(version)}
      onChange={(value) => onVersion(value === null ? null : Number(value))}
    />
  );
}

function Looked({ detail, version }: { detail: ModelDetail; version: number }) {
  const answer = useEndpoint(readModelVersion, { params: { modelId: detail.model.modelId, version } }, { keepPrevious: true });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={400} />;
  const watches = detail.watches.filter((watch) => watch.version === version);
  return (
    <>
      <Goodness report={answer.data.report} />
      <div className={classes.columns}>
        <Today watches={watches} />
        <Made of={answer.data} modelId={detail.model.modelId} />
        <Drivers report={answer.data.report} />
        <Failing report={answer.data.report} />
      </div>
    </>
  );
}
