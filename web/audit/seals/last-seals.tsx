import { useTranslation } from "react-i18next";
import type { readSealState } from "../../../server/governance/audit-seals/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import classes from "./seals.module.css";

type State = AnswerOf<typeof readSealState>;
const SEALS_SHOWN = 8;

export function LastSeals({ seals }: { seals: State["seals"] }) {
  const { t } = useTranslation("audit");
  const format = useFormat();
  return (
    <ul className={classes.list}>
      {seals.slice(0, SEALS_SHOWN).map(({ no, sealedAt, rows, hash }) => (
        <li key={no} className={classes.line}>
          <strong className="num">{format.code(no)}</strong>
          <span>{t("seals.rows", { count: rows })}</span>
          <code dir="ltr" className={classes.quiet}>
            {hash.slice(0, 16)}… <CopyButton value={hash} what={t("seals.hash")} />
          </code>
          <span className={classes.quiet}>
            <DateText value={sealedAt} time />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What an auditor compares with what the bank gave them, and names to the verifying program. */
export function Keys({ keys }: { keys: State["keys"] }) {
  const { t } = useTranslation("audit");
  return (
    <>
      <p className={classes.quiet}>{t("seals.keysText")}</p>
      <ul className={classes.list}>
        {keys.map(({ keyId, since, pem }) => (
          <li key={keyId} className={classes.line}>
            <code dir="ltr">{keyId}</code>
            <CopyButton value={pem} what={t("seals.publicKey")} />
            <span className={classes.quiet}>
              <DateText value={since} time />
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
