import { Skeleton } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { readCreditApplication } from "../../../server/intelligence/credit/applications/contract.ts";
import { CustomerName } from "../../ui/customer-name.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Money } from "../../ui/money.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { PointsTable } from "../points-table.tsx";
import classes from "../risk.module.css";
import { toneOfChance, useRiskWords } from "../words.ts";
import type { ApplicationAnswer } from "./application.ts";
import { DecisionPart } from "./decision-part.tsx";
import { stateTone, suggestionTone } from "./tones.ts";

/** What is asked for, what the bank's rules and model say of it and why, and the decision. */
export function ApplicationPage() {
  const { t } = useTranslation("risk");
  const { applicationId = "" } = useParams({ strict: false }) as { applicationId?: string };
  const answer = useEndpoint(readCreditApplication, { params: { applicationId } });
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (answer.data === undefined) return <Skeleton height={400} />;
  const { application } = answer.data;
  return (
    <div className={classes.page}>
      <PageHeader
        title={t("applications.of", { name: application.fullName })}
        path={[{ label: t("portfolio.title"), to: "/risk" }]}
        note={<StateMark tone={stateTone[application.state]}>{t(`states.${application.state}`)}</StateMark>}
      />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <AskedPart answer={answer.data} />
          <DecisionPart application={application} />
        </div>
        <JudgementPart answer={answer.data} />
      </div>
    </div>
  );
}

function AskedPart({ answer: { application } }: { answer: ApplicationAnswer }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  return (
    <Surface title={t("applications.asked")}>
      <dl className={classes.facts}>
        <dt>{t("customer")}</dt>
        <dd>
          <CustomerName customer={application} tab="risk" />
        </dd>
        <dt>{t("kind")}</dt>
        <dd>{words.kind(application.kind)}</dd>
        <dt>{t("applications.amount")}</dt>
        <dd>
          <Money minor={application.amountMinor} currency={application.currency} />
        </dd>
        {application.termMonths !== null && (
          <>
            <dt>{t("applications.months")}</dt>
            <dd className="num">{format.number(application.termMonths)}</dd>
          </>
        )}
        {application.yearlyRate !== null && (
          <>
            <dt>{t("applications.rate")}</dt>
            <dd className="num">{format.percent(application.yearlyRate, 3)}</dd>
          </>
        )}
        {application.collateralMinor !== "0" && (
          <>
            <dt>{t("applications.collateral")}</dt>
            <dd>
              <Money minor={application.collateralMinor} currency={application.currency} />
            </dd>
          </>
        )}
        <dt>{t("applications.purpose")}</dt>
        <dd>
          <bdi>{application.purpose}</bdi>
        </dd>
        <dt>{t("applications.enteredBy")}</dt>
        <dd>
          <bdi>{application.enteredByName}</bdi> · {format.dateTime(application.enteredAt)}
        </dd>
      </dl>
    </Surface>
  );
}

function JudgementPart({ answer: { application, currency } }: { answer: ApplicationAnswer }) {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const words = useRiskWords();
  const { judgement, suggestion } = application;
  const whole = (minor: number) => String(Math.round(minor));
  return (
    <Surface title={t("judgement.title")} aside={<StateMark tone={suggestionTone[suggestion]}>{t(`suggestions.${suggestion}`)}</StateMark>}>
      <div className={classes.stack}>
        {judgement.because.length > 0 && (
          <ul className={classes.lines}>
            {judgement.because.map((doubt) => (
              <li key={doubt}>{t(`doubts.${doubt}`)}</li>
            ))}
          </ul>
        )}
        <dl className={classes.facts}>
          <dt>{t("chance")}</dt>
          <dd className={classes.mark}>
            <StateMark tone={toneOfChance(judgement.probability)}>{words.band(judgement.band)}</StateMark>
            <span className="num">{words.chance(judgement.probability)}</span>
          </dd>
          {judgement.challengerProbability !== null && (
            <>
              <dt>{t("challenger")}</dt>
              <dd className="num">{words.chance(judgement.challengerProbability)}</dd>
            </>
          )}
          <dt>{t("judgement.instalment")}</dt>
          <dd>
            <Money minor={whole(judgement.instalmentMinor)} currency={application.currency} />
          </dd>
          <dt>{t("judgement.debtService")}</dt>
          <dd className="num">{judgement.debtService === null ? t("unknown") : format.percent(judgement.debtService, 0)}</dd>
          <dt>{t("lossGivenDefault")}</dt>
          <dd className="num">{format.percent(judgement.lossGivenDefault, 0)}</dd>
          <dt>{t("atDefault")}</dt>
          <dd>
            <Money minor={whole(judgement.exposureMinor)} currency={currency} />
          </dd>
          <dt>{t("expectedLoss")}</dt>
          <dd>
            <Money minor={whole(judgement.expectedLossMinor)} currency={currency} />
          </dd>
          <dt>{t("limits.own")}</dt>
          <dd>
            <Money minor={whole(judgement.committedBeforeMinor)} currency={currency} style="compact" /> /{" "}
            <Money minor={whole(judgement.limitMinor)} currency={currency} style="compact" />
          </dd>
        </dl>
        <p className={classes.note}>
          {t(`basis.${judgement.basis}`, { n: format.number(judgement.daysPastDue) })}{" "}
          {t("judgement.versions", { model: judgement.modelNo ?? "—", policy: judgement.policyVersion })}
        </p>
        {judgement.parts.length > 0 && <PointsTable parts={judgement.parts} />}
      </div>
    </Surface>
  );
}
