import { useTranslation } from "react-i18next";
import { AppLink } from "../../ui/app-link.tsx";
import type { Format } from "../../ui/format.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { useEvidence } from "../evidence.ts";
import classes from "../fraud.module.css";
import type { RuleSetView } from "./rule-set.ts";

type Report = NonNullable<RuleSetView["backtest"]>;
type Figures = Report["together"];

/** What the rules would have done on the bank's own past, rule by rule, with payments they would have fired on. */
export function Backtest({ report }: { report: Report }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const { payments, frauds, fraudValue, days, currency, shareMax, rules, together } = report;
  const money = (units: number) => `\u2068${format.number(Math.round(units))}\u00a0${currency}\u2069`;
  const note = t("rules.reportNote", {
    payments: format.number(payments),
    days: format.number(Math.round(days)),
    frauds: format.number(frauds),
    value: money(fraudValue),
  });
  return (
    <Surface title={t("rules.report")} aside={<span className={`num ${classes.quiet}`}>{note}</span>}>
      <WideTable label={t("rules.report")} className={classes.course}>
        <thead className="num">
          <tr>
            <th scope="col">{t("rules.rule")}</th>
            <th scope="col">{t("rules.alertsADay")}</th>
            <th scope="col">{t("rules.precision")}</th>
            <th scope="col">{t("rules.recall")}</th>
            <th scope="col">{t("rules.value")}</th>
          </tr>
        </thead>
        <tbody className="num">
          {rules.map((rule) => (
            <tr key={rule.name}>
              <th scope="row">
                <bdi>{rule.name}</bdi>{" "}
                {rule.isRefused && (
                  <>
                    <StateMark tone="bad">{t("rules.refused")}</StateMark>
                    <div className={classes.quiet}>
                      {t("rules.refusedText", { share: format.percent(rule.share), max: format.percent(shareMax) })}
                    </div>
                  </>
                )}
              </th>
              <Cells figures={rule} format={format} money={money} />
            </tr>
          ))}
          <tr>
            <th scope="row">{t("rules.together")}</th>
            <Cells figures={together} format={format} money={money} />
          </tr>
        </tbody>
      </WideTable>
      {rules.map(({ name, examples }) => (
        <Examples key={name} name={name} examples={examples} currency={currency} />
      ))}
    </Surface>
  );
}

function Cells({ figures, format, money }: { figures: Figures; format: Format; money: (units: number) => string }) {
  const share = (value: number | null) => (value === null ? "–" : format.percent(value, 0));
  return (
    <>
      <td>{format.number(figures.alertsPerDay, 1)}</td>
      <td>{share(figures.precision)}</td>
      <td>{share(figures.recall)}</td>
      <td>
        {money(figures.valueCaught)} ({share(figures.valueShare)})
      </td>
    </>
  );
}

function Examples({ name, examples, currency }: { name: string; examples: Report["rules"][number]["examples"]; currency: string }) {
  const { t } = useTranslation("fraud");
  const format = useFormat();
  const evidence = useEvidence(currency);
  return (
    <details>
      <summary>
        <bdi>{name}</bdi>: {t("rules.examples")}
      </summary>
      {examples.length === 0 && <p className={classes.quiet}>{t("rules.noExamples")}</p>}
      <ul className={classes.reasons}>
        {examples.map((example) => (
          <li key={`${example.customerId}${example.at}${example.amount}${example.payee}`} className="num">
            <bdi>{format.date(example.at)}</bdi> ·{" "}
            <AppLink to="/customers/$customerId" params={{ customerId: example.customerId } as never} className={classes.name}>
              <bdi>{example.customerName}</bdi>
            </AppLink>
            {" · "}
            <bdi>{example.payee}</bdi> · <bdi>{`${format.number(example.amount, 2)}\u00a0${currency}`}</bdi>{" "}
            <StateMark tone={example.isFraud ? "bad" : "quiet"}>{t(example.isFraud ? "rules.wasFraud" : "rules.wasGenuine")}</StateMark>
            <div className={classes.quiet}>
              {Object.entries(example.evidence)
                .filter((entry): entry is [string, number] => typeof entry[1] === "number")
                .map(([feature, value]) => evidence(feature, value))
                .join(" · ")}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
