import { useTranslation } from "react-i18next";
import {
  assignAlert,
  closeAlert,
  listAlerts,
  noteOnAlert,
  type Outcome,
  readFraudMark,
  releaseAlert,
  reopenAlert,
  takeAlert,
  viewAlert,
} from "../../server/intelligence/fraud/alerts/contract.ts";
import { useErrorWords } from "../ui/error-words.ts";
import { notify } from "../ui/notify.tsx";
import { isProblem } from "../ui/problem.ts";
import { useAction } from "../ui/query.ts";
import type { Alert } from "./alert.ts";

const refreshes = [listAlerts, viewAlert, readFraudMark];

export type Work = ReturnType<typeof useWork>;

/** What is done to an alert, from the queue and from its page. What went wrong is told, and the alert read anew. */
export function useWork() {
  const { t } = useTranslation("fraud");
  const errorWords = useErrorWords();
  const take = useAction(takeAlert, { refreshes });
  const release = useAction(releaseAlert, { refreshes });
  const assign = useAction(assignAlert, { refreshes });
  const note = useAction(noteOnAlert, { refreshes });
  const close = useAction(closeAlert, { refreshes });
  const reopen = useAction(reopenAlert, { refreshes });
  const onError = (error: unknown) => {
    const words = errorWords(error);
    void notify({ tone: "warn", message: isProblem(error, "conflict") ? t("alert.conflict") : `${words.title} ${words.text}` });
  };
  const of = ({ alertId }: Alert) => ({ params: { alertId } });
  return {
    busy: take.isPending || release.isPending || assign.isPending || note.isPending || close.isPending || reopen.isPending,
    take: (alert: Alert) => take.mutate({ ...of(alert), body: { version: alert.version } }, { onError }),
    release: (alert: Alert) => release.mutate({ ...of(alert), body: { version: alert.version } }, { onError }),
    assign: (alert: Alert, personId: string) => assign.mutate({ ...of(alert), body: { version: alert.version, personId } }, { onError }),
    note: (alert: Alert, text: string, customerInformed: boolean, onSuccess: () => void) =>
      note.mutate({ ...of(alert), body: { version: alert.version, note: text, customerInformed } }, { onError, onSuccess }),
    close: (alert: Alert, outcome: Outcome, genuine: readonly string[] = []) =>
      close.mutate(
        { ...of(alert), body: { version: alert.version, outcome, genuine: [...genuine] } },
        { onError, onSuccess: () => void notify({ tone: "good", message: `${t("alert.closed")}: ${t(`outcomes.${outcome}`)}` }) },
      ),
    reopen: (alert: Alert, text: string) => reopen.mutate({ ...of(alert), body: { version: alert.version, note: text } }, { onError }),
  };
}
