import { useTranslation } from "react-i18next";
import { DateText } from "../ui/date-text.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { useFormat } from "../ui/preferences.tsx";
import type { CustomerRecord, Entry } from "./answers.ts";
import { isolate } from "./isolate.ts";
import classes from "./privacy.module.css";
import { channelsFor } from "./sayings.ts";

/** Everything that was recorded, newest first; nothing of it is ever changed. */
export function HistoryPart({ history, records }: { history: readonly Entry[]; records: readonly CustomerRecord[] }) {
  const { t } = useTranslation("privacy");
  const format = useFormat();
  if (history.length === 0) return <EmptyState compact reason="data" title={t("history.none")} />;
  return (
    <ol className={classes.history}>
      {history.map((entry) => {
        const source = records.find(({ partyId }) => partyId === entry.partyId)?.sourceName;
        const facts = [
          t(`obtained.${entry.obtainedBy}`),
          ...(entry.textVersion === null ? [] : [t("history.text", { version: format.number(entry.textVersion) })]),
          ...(entry.recordedByName === null ? [] : [t("history.by", { name: isolate(entry.recordedByName) })]),
          ...(records.length > 1 && source !== undefined ? [t("history.on", { record: isolate(source) })] : []),
        ];
        return (
          <li key={entry.consentId}>
            <div className={classes.said}>
              <strong>
                {entry.lawfulBasis === null ? t(`acts.${entry.act}`) : t("history.basis", { basis: t(`bases.${entry.lawfulBasis}`) })}
              </strong>
              <DateText value={entry.happenedAt} time />
            </div>
            <div>
              {t(`purposes.${entry.purpose}`)}
              {channelsFor(entry.purpose, entry.act).length > 1 && <> · {t(`channels.${entry.channel}`)}</>}
            </div>
            <div className={classes.note}>{facts.join(" · ")}</div>
            {entry.reference !== null && (
              <div className={classes.note}>
                {t("record.reference")}: <bdi>{entry.reference}</bdi>
              </div>
            )}
            {entry.note !== null && (
              <p className={classes.words} dir="auto">
                {entry.note}
              </p>
            )}
          </li>
        );
      })}
    </ol>
  );
}
