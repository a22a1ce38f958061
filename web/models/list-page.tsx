import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listModels } from "../../server/intelligence/scores/contract.ts";
import { AppLink } from "../ui/app-link.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { useEndpoint } from "../ui/query.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { Surface } from "../ui/surface.tsx";
import { WideTable } from "../ui/wide-table.tsx";
import { TrainingLine } from "./model/trainings.tsx";
import classes from "./models.module.css";
import type { Model } from "./models.ts";
import { levelTones, useModelWords } from "./words.ts";

const REFRESH_MS = 5_000;

/** Every model: what serves, how good it is on days it had not seen, and how it does today. */
export function ModelsPage() {
  const { t } = useTranslation("models");
  const answer = useEndpoint(listModels, {}, { refetchEveryMs: REFRESH_MS, keepPrevious: true });
  const models = answer.data?.models ?? [];
  return (
    <div className={classes.page}>
      <PageHeader title={t("list.title")} note={t("list.note")} />
      {answer.error && <ErrorState error={answer.error} retry={() => void answer.refetch()} />}
      {answer.isPending && <Skeleton height={200} />}
      {answer.data !== undefined && models.length === 0 && <EmptyState reason="data" title={t("list.none")} text={t("list.noneText")} />}
      {models.length > 0 && (
        <Surface padding="none">
          <WideTable label={t("list.title")} className={classes.table}>
            <thead>
              <tr>
                {(["model", "champion", "auc", "baseline", "today", "challenger", "training"] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`list.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {models.map((model) => (
                <Row key={model.modelId} model={model} />
              ))}
            </tbody>
          </WideTable>
        </Surface>
      )}
    </div>
  );
}

function Row({ model }: { model: Model }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  const { champion, challenger, watch, training, waiting } = model;
  return (
    <tr>
      <th scope="row">
        <AppLink to="/models/$modelId" params={{ modelId: model.modelId } as never}>
          {words.model(model.modelId)}
        </AppLink>
        {waiting > 0 && <p className={classes.quiet}>{t("list.waiting", { n: format.number(waiting) })}</p>}
      </th>
      <td>{champion === null ? t("list.nothing") : t("list.version", { n: format.number(champion.version) })}</td>
      <td className="num">{champion === null ? "–" : format.percent(champion.auc, 1)}</td>
      <td className="num">{champion === null ? "–" : format.percent(champion.baselineAuc, 1)}</td>
      <td>{watch === null ? "–" : <StateMark tone={levelTones[watch.level]}>{t(`levels.${watch.level}`)}</StateMark>}</td>
      <td>{challenger === null ? "–" : t("list.version", { n: format.number(challenger.version) })}</td>
      <td>{training === null ? "–" : <TrainingLine training={training} />}</td>
    </tr>
  );
}
