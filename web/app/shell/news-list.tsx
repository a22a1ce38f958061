import { AlertIcon, CheckCircleIcon, InboxIcon, UndoIcon } from "@primer/octicons-react";
import { useTranslation } from "react-i18next";
import { type listLoads, listQuarantine } from "../../../server/customers/intake/contract.ts";
import type { listNotices } from "../../../server/governance/notices/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { RelativeTime } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { useCan } from "../../ui/viewer.tsx";
import classes from "./notifications.module.css";
import { PersonalNews } from "./personal-news.tsx";

type Load = AnswerOf<typeof listLoads>["loads"][number];

type Notice = AnswerOf<typeof listNotices>["notices"][number];

const loadsShown = 6;

/** What ended lately and what waits for somebody; each leads to its page. */
export function NewsList({ loads, told, onLeave }: { loads: readonly Load[]; told: readonly Notice[]; onLeave: () => void }) {
  const { t } = useTranslation("app");
  const mayRead = useCan("quarantine:read");
  const groups = useEndpoint(listQuarantine, { query: { state: "open" } }, { enabled: mayRead }).data?.groups ?? [];
  const waiting = groups.filter((group) => group.state === "open").reduce((sum, group) => sum + group.rows, 0);
  const shown = loads.toSorted((a, b) => (b.finishedAt ?? "").localeCompare(a.finishedAt ?? "")).slice(0, loadsShown);
  return (
    <>
      <h2 className={classes.title}>{t("notices.title")}</h2>
      {shown.length === 0 && waiting === 0 && told.length === 0 && (
        <EmptyState compact reason="data" title={t("notices.emptyTitle")} text={t("notices.emptyText")} />
      )}
      <ul className={classes.news}>
        <PersonalNews notices={told} onLeave={onLeave} />
        {waiting > 0 && (
          <li>
            <InboxIcon size={16} />
            <AppLink to="/quarantine" onClick={onLeave}>
              {t("notices.quarantine", { n: waiting })}
            </AppLink>
          </li>
        )}
        {shown.map((load) => (
          <li key={load.loadId} data-bad={load.state === "failed" || undefined}>
            <StateIcon state={load.state} />
            <span>
              <AppLink to="/loads/$loadId" params={{ loadId: load.loadId } as never} onClick={onLeave}>
                {t(load.state === "failed" ? "notices.failed" : load.state === "reversed" ? "notices.reversed" : "notices.done", {
                  n: load.loadNo,
                  source: load.sourceName,
                })}
              </AppLink>
              <span className={classes.when}>
                <RelativeTime value={load.finishedAt ?? load.startedAt} />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function StateIcon({ state }: { state: Load["state"] }) {
  if (state === "failed") return <AlertIcon size={16} />;
  return state === "reversed" ? <UndoIcon size={16} /> : <CheckCircleIcon size={16} />;
}
