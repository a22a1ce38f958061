import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readSession, type Session, updatePreferences } from "../../server/governance/access/contract.ts";
import { call } from "../ui/api.ts";
import type { Preferences } from "../ui/languages.ts";
import { notify } from "../ui/notify.tsx";
import { usePreferences } from "../ui/preferences.tsx";
import { isProblem } from "../ui/problem.ts";
import { ViewerContext } from "../ui/viewer.tsx";
import { beginLeaving, finishLeaving, onLeavingElsewhere } from "./leaving.ts";
import { sessionKey } from "./require-session.ts";
import { UnfinishedLeaving } from "./unfinished-leaving.tsx";

interface SessionValue {
  readonly session: Session;
  readonly choose: (part: Partial<Preferences>) => Promise<void>;
  readonly leave: () => void;
}

const Context = createContext<SessionValue | null>(null);

export function useSession(): SessionValue {
  const value = use(Context);
  if (!value) throw new Error("useSession outside SessionProvider");
  return value;
}

/** The session for everything inside the shell. Shows nothing until the person's own language and calendar hold. */
export function SessionProvider({ session: first, children }: { session: Session; children: ReactNode }) {
  const [session, setSession] = useState(first);
  const { change } = usePreferences();
  const [ready, setReady] = useState(false);
  const leaveTo = useEndOfSession();
  const choose = useChoice(session, setSession);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once at the start; later choices are made here
  useEffect(() => {
    void change(first.user.preferences).then(() => setReady(true));
  }, []);
  const { leave, finish, unfinished } = useLeaving(leaveTo);
  const value = useMemo(() => ({ session, choose, leave }), [session, choose, leave]);
  const viewer = useMemo(
    () => ({
      userId: session.user.userId,
      displayName: session.user.displayName,
      permissions: new Set<string>(session.permissions),
      reportingCurrency: session.bank.reportingCurrency,
    }),
    [session],
  );
  if (unfinished) return <UnfinishedLeaving tryAgain={finish} />;
  if (!ready) return null;
  return (
    <Context value={value}>
      <ViewerContext value={viewer}>{children}</ViewerContext>
    </Context>
  );
}

/**
 * Signing out. When the server does not answer, or another tab signs out, the screen is forgotten first (`unfinished`), and the session is ended as soon as
 * the server answers.
 */
function useLeaving(leaveTo: (comeBack: boolean) => Promise<void>) {
  const client = useQueryClient();
  const [unfinished, setUnfinished] = useState(false);
  const finish = useCallback(() => {
    const arrive = async () => {
      const logoutUrl = await finishLeaving();
      // Who came by the bank's provider signs out there as well, and is sent back to the sign-in page.
      if (logoutUrl !== null) return window.location.assign(logoutUrl);
      await leaveTo(false);
      // Not before: a page that is still there would ask again for what it shows, and be told that nobody is signed in.
      client.clear();
    };
    arrive().catch(() => setUnfinished(true));
  }, [client, leaveTo]);
  const leave = useCallback(() => {
    beginLeaving();
    finish();
  }, [finish]);
  useEffect(
    () =>
      onLeavingElsewhere(() => {
        setUnfinished(true);
        finish();
      }),
    [finish],
  );
  // What was shown is no longer there to ask for it again.
  useEffect(() => {
    if (unfinished) client.clear();
  }, [client, unfinished]);
  return { leave, finish, unfinished };
}

/** A choice holds at once; the server keeps it. Changes made elsewhere meanwhile do not hinder it: the newer version is fetched and the choice sent again. */
function useChoice(session: Session, setSession: (session: Session) => void): SessionValue["choose"] {
  const { t } = useTranslation("app");
  const { change } = usePreferences();
  const client = useQueryClient();
  const version = useRef(session.user.version);
  return useCallback(
    async (part: Partial<Preferences>) => {
      await change(part);
      const keep = async (): Promise<Session> => {
        const kept = await call(updatePreferences, { body: { ...part, version: version.current } });
        version.current = kept.user.version;
        return kept;
      };
      try {
        const kept = await keep().catch(async (error: unknown) => {
          if (!isProblem(error, "conflict")) throw error;
          version.current = (await call(readSession, {}))?.user.version ?? version.current;
          return await keep();
        });
        client.setQueryData(sessionKey, kept);
        setSession(kept);
      } catch {
        void notify({ tone: "warn", message: t("person.notKept") });
      }
    },
    [change, client, setSession, t],
  );
}

/** Leads to the sign-in page when any answer says that nobody is signed in any more. */
export function useEndOfSession(): (comeBack: boolean) => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  const href = useRouterState({ select: (state) => state.location.href });
  const here = useRef(href);
  useEffect(() => {
    here.current = href;
  }, [href]);
  const go = useCallback(
    async (comeBack: boolean) => {
      client.removeQueries({ queryKey: sessionKey });
      await navigate({ to: "/sign-in", search: (comeBack && here.current !== "/" ? { next: here.current } : {}) as never });
    },
    [client, navigate],
  );
  useEffect(() => {
    // A proof renews the cookie; an answer to a request that was under way with the old one is no end of the session.
    const ended = async (error: unknown) => {
      if (!isProblem(error, "not_signed_in")) return;
      const session = await call(readSession, {}).catch(() => null);
      if (session === null) await go(true);
    };
    const offQueries = client
      .getQueryCache()
      .subscribe((event) => event.type === "updated" && event.action.type === "error" && void ended(event.action.error));
    const offActions = client
      .getMutationCache()
      .subscribe((event) => event.type === "updated" && event.action.type === "error" && void ended(event.action.error));
    return () => {
      offQueries();
      offActions();
    };
  }, [client, go]);
  return go;
}
