import { useTranslation } from "react-i18next";
import type { readSealState } from "../../../server/governance/audit-seals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { Bidi } from "../../ui/bidi.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import classes from "./seals.module.css";

type Check = AnswerOf<typeof readSealState>["checks"][number];
const FAULTS_SHOWN = 20;

/** The last verifications: what was looked at, and what was found, fault by fault. */
export function Checks({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  if (checks.length === 0) return <p className={classes.quiet}>{t("seals.neverChecked")}</p>;
  return (
    <ul className={classes.list}>
      {checks.map((check) => (
        <li key={check.checkId} className={classes.line}>
          <span>{t("seals.looked", { rows: format.number(check.rows), seals: format.number(check.seals) })}</span>
          <Result check={check} />
          <span className={classes.quiet}>
            <Bidi>{check.orderedByName}</Bidi>
          </span>
          <span className={classes.quiet}>
            <RelativeTime value={check.finishedAt ?? check.orderedAt} />
          </span>
          {check.problem !== null && <span className={`${classes.quiet} ${classes.wide}`}>{check.problem}</span>}
          {check.faults.slice(0, FAULTS_SHOWN).map((fault) => (
            <span key={`${fault.kind} ${fault.seal} ${fault.row}`} className={classes.wide}>
              {t(`faults.${fault.kind}`, { row: format.code(fault.row ?? "—"), seal: format.code(fault.seal ?? "—") })}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Result({ check: { finishedAt, faultCount, problem } }: { check: Check }) {
  const { t } = useTranslation("audit");
  if (finishedAt === null) return <StateMark tone="accent">{t("seals.underWay")}</StateMark>;
  if (problem !== null || faultCount === null) return <StateMark tone="warn">{t("seals.brokeOff")}</StateMark>;
  return (
    <StateMark tone={faultCount === 0 ? "good" : "bad"}>
      {faultCount === 0 ? t("seals.whole") : t("seals.faults", { count: faultCount })}
    </StateMark>
  );
}
