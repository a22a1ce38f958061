import { useTranslation } from "react-i18next";
import type { readSealState } from "../../../server/governance/audit-seals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import classes from "./seals.module.css";

type Destination = AnswerOf<typeof readSealState>["destinations"][number];

/** The sealer itself and every place outside: when each last took a seal. */
export function Destinations({ destinations }: { destinations: readonly Destination[] }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  return (
    <ul className={classes.list}>
      {destinations.map(({ kind, name, sealNo, doneAt, late }) => (
        <li key={name} className={classes.line}>
          <strong>{t(`seals.kinds.${kind}`)}</strong>
          <StateMark tone={late ? "bad" : "good"}>{late ? t("seals.isLate") : t("seals.isFine")}</StateMark>
          <span className={classes.quiet}>{doneAt === null ? t("seals.never") : <RelativeTime value={doneAt} />}</span>
          <span className={classes.quiet}>{kind === "sealer" ? null : t("seals.upTo", { no: format.code(sealNo) })}</span>
          {kind !== "sealer" && (
            <code dir="ltr" className={`${classes.quiet} ${classes.wide}`}>
              {name}
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}
