import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import type { Next } from "../answers.ts";
import classes from "../offers.module.css";
import { useOfferWords } from "../words.ts";

type Candidate = Next["others"][number];

/** What else may be proposed, and of everything else why not; what was answered before. Closed until somebody asks. */
export function Others({ next }: { next: Next }) {
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
              <strong>{words.action(candidate.actionId)}</strong>: {words.gate(candidate.gate ?? "", candidate.until)}
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
            {next.answers.map(({ answerId, actionId, answer, answeredAt, answeredByName }) => (
              <li key={answerId} className={classes.answer}>
                <span>{words.action(actionId)}</span>
                <StateMark tone={answer === "agreed" ? "good" : "quiet"}>{t(`next.${answer}`)}</StateMark>
                <span className={classes.quiet}>
                  <bdi>{format.date(answeredAt)}</bdi>
                  {answeredByName !== null && (
                    <>
                      {" · "}
                      <bdi>{answeredByName}</bdi>
                    </>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
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
