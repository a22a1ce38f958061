import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listAttention, readNextAction, takeAnswerBack } from "../../../server/intelligence/offers/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import type { Next } from "../answers.ts";
import classes from "../offers.module.css";
import { useOfferWords } from "../words.ts";

type Candidate = Next["others"][number];

/** What else may be proposed, and of everything else why not; what was answered before. Closed until somebody asks. */
export function Others({ next, customerId }: { next: Next; customerId: string }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const words = useOfferWords(next.currency);
  const removed = next.removed.filter(({ gate }) => gate !== "not_called_for");
  const uncalled = next.removed.filter(({ gate }) => gate === "not_called_for");
  if (next.decision === null) return null;
  return (
    <details className={classes.others}>
      <summary>{t("next.others")}</summary>
      {next.proposed?.factors && <Factors of={next.proposed} currency={next.currency} />}
      {next.others.length > 0 && (
        <>
          <h3 className={classes.heading}>{t("next.behind")}</h3>
          <ul className={classes.lines}>
            {next.others.map((candidate) => (
              <li key={candidate.actionId}>
                <strong>{words.action(candidate.actionId)}</strong>
                {candidate.reason !== null && <span className={classes.quiet}>{words.reason(candidate.reason)}</span>}
                <Factors of={candidate} currency={next.currency} />
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 className={classes.heading}>{t("next.removed")}</h3>
      <ul className={classes.lines}>
        {removed.map((candidate) => (
          <li key={candidate.actionId}>
            <span>
              <strong>{words.action(candidate.actionId)}</strong>: {words.gate(candidate.gate ?? "", candidate)}
            </span>
            <Factors of={candidate} currency={next.currency} />
          </li>
        ))}
        {uncalled.length > 0 && (
          <li className={classes.quiet}>
            {t("gates.not_called_for")}: {format.list(uncalled.map(({ actionId }) => words.action(actionId)))}
          </li>
        )}
      </ul>
      {next.answers.length > 0 && (
        <>
          <h3 className={classes.heading}>{t("next.answers")}</h3>
          <ul className={classes.lines}>
            {next.answers.map(({ answerId, actionId, answer, channel, answeredAt, answeredByName, canTakeBack }) => (
              <li key={answerId} className={classes.answer}>
                <span>{words.action(actionId)}</span>
                <StateMark tone={answer === "agreed" ? "good" : "quiet"}>{t(`next.${answer}`)}</StateMark>
                <span className={classes.quiet}>
                  <bdi>{format.date(answeredAt)}</bdi>
                  {channel !== null && ` · ${t(`next.channel.${channel}`)}`}
                  {answeredByName !== null && (
                    <>
                      {" · "}
                      <bdi>{answeredByName}</bdi>
                    </>
                  )}
                </span>
                {canTakeBack && <TakeBack customerId={customerId} answerId={answerId} />}
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}

/** A slip of the hand: for a day, by who wrote it. */
function TakeBack({ customerId, answerId }: { customerId: string; answerId: string }) {
  const { t } = useTranslation("offers");
  const take = useAction(takeAnswerBack, { refreshes: [readNextAction, listAttention] });
  const reason = isProblem(take.error, "invalid_state") ? t("next.problems.not_taken_back") : null;
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        loading={take.isPending}
        onClick={() => take.mutate({ params: { customerId, answerId } } as never)}
      >
        {t("next.takeBack")}
      </Button>
      {reason === null ? <ErrorNote error={take.error} /> : <span className={classes.bad}>{reason}</span>}
    </>
  );
}

/** The score and all it is made of, for who may see what customers earn the bank. */
function Factors({ of, currency }: { of: Candidate; currency: string }) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  const { factors } = of;
  if (factors === null) return null;
  const money = (minor: string) => format.money(minor, currency, "plain");
  return (
    <span className={`num ${classes.factors}`}>
      {t("next.factors", {
        chance: format.percent(factors.propensity, factors.propensity < 0.1 ? 1 : 0),
        source: t(`next.source.${factors.source}`),
        context: format.number(factors.context, 2),
        gain: money(factors.gainMinor),
        cost: money(factors.costMinor),
        loss: money(factors.lossMinor),
        lever: format.number(factors.lever, 2),
        score: format.money(factors.scoreMinor, currency),
      })}
    </span>
  );
}
