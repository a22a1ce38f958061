import { useTranslation } from "react-i18next";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../models.module.css";
import type { ModelDetail, Training } from "../models.ts";

const tones = { waiting: "quiet", running: "accent", done: "good", failed: "bad" } as const;

/** How one training stands, in a few words. */
export function TrainingLine({ training }: { training: Training }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const { state, step, version, failure } = training;
  const reason = failure?.reason ?? "unfit";
  const words =
    state === "running"
      ? t("training.running", { step: t(`training.steps.${step ?? "gathering"}`, { defaultValue: step ?? "" }) })
      : state === "done"
        ? t("training.done", { n: format.number(version ?? 0) })
        : state === "failed"
          ? t("training.failed", { reason: t(`training.reasons.${reason}`, { defaultValue: reason, ...failure?.figures }) })
          : t("training.waiting");
  return <StateMark tone={tones[state]}>{words}</StateMark>;
}

export function Trainings({ detail }: { detail: ModelDetail }) {
  const { t } = useTranslation("models");
  if (detail.trainings.length === 0) return null;
  return (
    <Surface title={t("training.title")} padding="none">
      <ul className={classes.people}>
        {detail.trainings.map((training) => (
          <li key={training.trainingId}>
            <TrainingLine training={training} />
            <span className={classes.quiet}>
              <bdi>{training.orderedByName}</bdi> · {t(`learners.${training.learner}`)} · <RelativeTime value={training.orderedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Surface>
  );
}

/** What served when, and why it was changed. */
export function Deployments({ detail }: { detail: ModelDetail }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  return (
    <Surface title={t("deployments.title")} padding="none">
      {detail.deployments.length === 0 ? (
        <p className={`${classes.quiet} ${classes.below}`}>{t("deployments.nothing")}</p>
      ) : (
        <ul className={classes.people}>
          {detail.deployments.map((one) => (
            <li key={one.deployedAt + one.place}>
              <span className={classes.person}>
                <span>
                  {t(`deployments.${one.place}`)}:{" "}
                  {one.version === null ? t("deployments.none") : t("list.version", { n: format.number(one.version) })}
                  {one.isRollback && ` (${t("deployments.back")})`}
                </span>
                <span className={classes.quiet}>
                  <bdi>{one.reason}</bdi>
                </span>
              </span>
              <span className={classes.quiet}>
                <bdi>{one.deployedByName}</bdi> · <RelativeTime value={one.deployedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Surface>
  );
}
