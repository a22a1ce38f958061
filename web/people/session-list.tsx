import { Button, Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { endAllSessions, endSession, listSessions } from "../../server/governance/access/contract.ts";
import type { AnswerOf } from "../ui/api.ts";
import { RelativeTime } from "../ui/date-text.tsx";
import { useAction, useEndpoint } from "../ui/query.ts";
import { StateMark } from "../ui/state-mark.tsx";
import { Surface } from "../ui/surface.tsx";
import classes from "./people.module.css";
import { Refusal } from "./refusal.tsx";

type OpenSession = AnswerOf<typeof listSessions>["sessions"][number];

/** Browser and system, from what the browser says of itself: enough to tell a phone from a desk. */
export function deviceOf(userAgent: string): { browser: string; system: string } {
  const browser = /Edg\//.test(userAgent)
    ? "Edge"
    : /Firefox\//.test(userAgent)
      ? "Firefox"
      : /Chrome\//.test(userAgent)
        ? "Chrome"
        : /Safari\//.test(userAgent)
          ? "Safari"
          : "";
  const system = /Android/.test(userAgent)
    ? "Android"
    : /iPhone|iPad/.test(userAgent)
      ? "iOS"
      : /Windows/.test(userAgent)
        ? "Windows"
        : /Mac OS X/.test(userAgent)
          ? "macOS"
          : /Linux/.test(userAgent)
            ? "Linux"
            : "";
  return { browser, system };
}

/** Where a person is signed in, and the way to end it at once. */
export function SessionList({ userId }: { userId: string }) {
  const { t } = useTranslation("people");
  const sessions = useEndpoint(listSessions, { params: { userId } });
  const all = useAction(endAllSessions, { refreshes: [listSessions] });
  const rows = sessions.data?.sessions ?? [];
  return (
    <Surface
      title={t("sessions.title")}
      aside={
        rows.some(({ current }) => !current) && (
          <Button size="compact-sm" variant="default" loading={all.isPending} onClick={() => all.mutate({ params: { userId } })}>
            {t(rows.some(({ current }) => current) ? "sessions.endOthers" : "sessions.endAll")}
          </Button>
        )
      }
    >
      {sessions.isPending && <Skeleton height={48} />}
      {sessions.data?.sessions.length === 0 && <p className={classes.quiet}>{t("sessions.none")}</p>}
      <ul className={classes.lines}>
        {rows.map((session) => (
          <SessionLine key={session.sessionId} userId={userId} session={session} />
        ))}
      </ul>
      <Refusal error={sessions.error ?? all.error} />
    </Surface>
  );
}

function SessionLine({ userId, session }: { userId: string; session: OpenSession }) {
  const { t } = useTranslation("people");
  const end = useAction(endSession, { refreshes: [listSessions] });
  const { browser, system } = deviceOf(session.userAgent);
  const device = browser === "" && system === "" ? t("sessions.unknownDevice") : [browser, system].filter((part) => part !== "").join(", ");
  return (
    <li>
      <div className={classes.words}>
        <bdi>{device}</bdi> {session.ipAddress !== null && <bdi className="num">{session.ipAddress}</bdi>}
        <p className={classes.quiet}>
          {t(`sessions.methods.${session.method}`)} <RelativeTime value={session.createdAt} /> · {t("sessions.lastUsed")}{" "}
          <RelativeTime value={session.lastSeenAt} />
        </p>
      </div>
      {session.current ? (
        <StateMark tone="accent">{t("sessions.current")}</StateMark>
      ) : (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red.9"
          loading={end.isPending}
          aria-label={`${t("sessions.end")}: ${device}`}
          onClick={() => end.mutate({ params: { userId, sessionId: session.sessionId } })}
        >
          {t("sessions.end")}
        </Button>
      )}
    </li>
  );
}
