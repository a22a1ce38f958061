import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { activateFraudModel, listFraudModels, trainFraudModel } from "../../../server/intelligence/fraud/training/contract.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { useCan } from "../../ui/viewer.tsx";
import classes from "../fraud.module.css";

const LOOK_MS = 3_000;
const tones = { trained: "warn", live: "good", retired: "quiet" } as const;

/** The score: how it stood up on payments after those it learned from, and which one is in force. */
export function Models() {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const [mayTrain, mayApprove] = [useCan("model:train"), useCan("model:approve")];
  const [before, setBefore] = useState<number | null>(null);
  const list = useEndpoint(listFraudModels, {}, before === null ? {} : { refetchEveryMs: LOOK_MS });
  const models = list.data?.models ?? [];
  const isTraining = before !== null && models.length === before;
  const train = useAction(trainFraudModel, { onDone: () => setBefore(models.length) });
  const activate = useAction(activateFraudModel, { refreshes: [listFraudModels] });
  return (
    <>
      {list.data !== undefined && models.length === 0 && <p className={classes.quiet}>{t("rules.noModel")}</p>}
      {models.slice(0, 5).map(({ modelNo, state, metrics, trainedAt }) => (
        <div key={modelNo} className={classes.payment}>
          <strong className="num">
            {t("rules.model")} {format.number(modelNo)}
          </strong>
          <StateMark tone={tones[state]}>{t(`rules.models.${state}`)}</StateMark>
          <div className={`num ${classes.wide} ${classes.quiet}`}>
            <RelativeTime value={trainedAt} />
          </div>
          <p className={`num ${classes.wide}`}>
            {t("rules.modelText", {
              frauds: format.number(metrics.frauds),
              payments: format.number(metrics.payments),
              from: `\u2068${format.date(metrics.judgedFrom)}\u2069`,
              ap: format.number(metrics.averagePrecision, 2),
              base: format.number(metrics.baseline.averagePrecision, 3),
            })}
          </p>
          {mayApprove && state !== "live" && (
            <Button size="compact-sm" variant="default" onClick={() => activate.mutate({ params: { modelNo } })}>
              {t("rules.activate")}
            </Button>
          )}
        </div>
      ))}
      <ErrorNote error={activate.error ?? train.error} />
      {isTraining && <p role="status">{t("rules.training")}</p>}
      {mayTrain && (
        <Button mt="sm" variant="default" loading={train.isPending || isTraining} onClick={() => train.mutate({})}>
          {t("rules.train")}
        </Button>
      )}
    </>
  );
}
