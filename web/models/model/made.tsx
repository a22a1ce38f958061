import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../ui/copy-button.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../models.module.css";
import type { Report, VersionDetail } from "../models.ts";
import { useModelWords } from "../words.ts";

const SHORT = 12;

/** Of what, how and by whom a version was made, and who decided on it. */
export function Made({ of, modelId }: { of: VersionDetail; modelId: string }) {
  const { t } = useTranslation("models");
  const format = useFormat();
  const words = useModelWords();
  const { report, summary } = of;
  const { data, split } = report;
  const { approval } = summary;
  const span = (part: Report["split"]["learn"]) =>
    t("made.span", {
      from: format.date(part.from, "month"),
      to: format.date(part.to, "month"),
      rows: format.number(part.rows),
      events: format.number(part.events),
    });
  const hash = (value: string, what: string): ReactNode => (
    <>
      <code dir="ltr">{value.slice(0, SHORT)}…</code> <CopyButton value={value} what={what} />
    </>
  );
  const lines: readonly (readonly [string, ReactNode])[] = [
    ["purpose", words.purpose(modelId)],
    [
      "data",
      t(data.horizonMonths === 0 ? "made.paymentsText" : "made.dataText", {
        rows: format.number(data.rows),
        customers: format.number(data.customers),
        days: format.number(data.asOfs.length),
        from: format.date(data.asOfs[0] ?? "", "month"),
        to: format.date(data.asOfs.at(-1) ?? "", "month"),
        events: format.number(data.events),
        months: format.number(data.horizonMonths),
      }),
    ],
    ["learned", span(split.learn)],
    ["tuned", span(split.tune)],
    ["judged", span(split.judge)],
    ["learner", t(`learners.${report.learner}`)],
    ["facts", t("made.factsText", { n: format.number(report.features.length) })],
    [
      "trained",
      <>
        <bdi>{summary.trainedByName}</bdi> · {format.dateTime(summary.trainedAt)}
      </>,
    ],
    [
      "decided",
      approval?.deciderName == null || approval.closedAt === null ? (
        t("made.undecided")
      ) : (
        <>
          <bdi>{approval.deciderName}</bdi> · {format.dateTime(approval.closedAt)} · <bdi>{approval.note}</bdi>
        </>
      ),
    ],
    ["hash", hash(data.hash, t("made.hash"))],
    ["checksum", hash(summary.checksum, t("made.checksum"))],
    ["code", <code key="code">{of.codeVersion}</code>],
    ["seed", format.number(of.seed)],
  ];
  return (
    <Surface title={t("made.title")}>
      <dl className={classes.facts}>
        {lines.map(([name, value]) => (
          <div key={name} style={{ display: "contents" }}>
            <dt>{t(`made.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {report.warnings.length > 0 && (
        <>
          <h3 className={classes.heading}>{t("made.warnings")}</h3>
          <ul className={classes.reasons}>
            {report.warnings.map(({ code, column }) => (
              <li key={`${code} ${column}`}>{t(`warnings.${code}`, { fact: words.fact(column) })}</li>
            ))}
          </ul>
        </>
      )}
    </Surface>
  );
}
