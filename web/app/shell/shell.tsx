import { useQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readSession } from "../../../server/governance/access/contract.ts";
import { call } from "../../ui/api.ts";
import { useFocusBack } from "../../ui/focus-back.ts";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { usePhone } from "../../ui/use-phone.ts";
import { useViewer } from "../../ui/viewer.tsx";
import { placeOf, placesFor } from "../areas.ts";
import { WithRight } from "../page-states.tsx";
import { sessionKey } from "../require-session.ts";
import { SessionProvider } from "../session.tsx";
import { BottomBar } from "./bottom-bar.tsx";
import { Rail } from "./rail.tsx";
import classes from "./shell.module.css";
import { TopBar } from "./top-bar.tsx";

const ProofDialog = lazy(() => import("./proof-dialog.tsx").then((module) => ({ default: module.ProofDialog })));
const Notices = lazy(() => import("./notices.tsx").then((module) => ({ default: module.Notices })));
const ShortcutSheet = lazy(() => import("./shortcut-sheet.tsx").then((module) => ({ default: module.ShortcutSheet })));
const fetchPalette = () => import("./command-palette.tsx");
const CommandPalette = lazy(() => fetchPalette().then((module) => ({ default: module.CommandPalette })));

export function Shell() {
  const { data: session } = useQuery({
    queryKey: sessionKey,
    queryFn: ({ signal }) => call(readSession, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!session) return null;
  return (
    <SessionProvider key={session.user.userId} session={session}>
      <Frame />
    </SessionProvider>
  );
}

function Frame() {
  const { t } = useTranslation("app");
  const phone = usePhone();
  const { permissions } = useViewer();
  const places = useMemo(() => placesFor(permissions), [permissions]);
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const permission = useRouterState({
    select: (state) => (state.matches.at(-1)?.staticData as { permission?: string } | undefined)?.permission,
  });
  const current = placeOf(places, pathname);
  const overlays = useOverlays();
  const main = useFocusOnArrival(pathname);
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#content">
        {t("shell.skip")}
      </a>
      {!phone && <Rail places={places} current={current} pathname={pathname} />}
      <TopBar phone={phone} onCommands={overlays.openPalette} onShortcuts={overlays.openSheet} />
      <main id="content" ref={main} tabIndex={-1} className={classes.main}>
        <WithRight permission={permission}>
          <Outlet />
        </WithRight>
      </main>
      {phone && <BottomBar places={places} current={current} pathname={pathname} />}
      <Suspense>
        <Notices phone={phone} />
      </Suspense>
      <Suspense>
        {overlays.paletteWanted && <CommandPalette places={places} onShortcuts={overlays.openSheet} onClosed={overlays.dropPalette} />}
      </Suspense>
      <Suspense>
        <ProofDialog />
      </Suspense>
      <Suspense>{overlays.sheetOpened && <ShortcutSheet opened onClose={overlays.closeSheet} />}</Suspense>
    </div>
  );
}

/** The palette is fetched when it is first asked for, opens as soon as it is there, and leaves the page when it is closed. */
function useOverlays() {
  const { t } = useTranslation("app");
  const [paletteWanted, setPaletteWanted] = useState(false);
  const standing = useRef(false);
  const [sheetOpened, setSheetOpened] = useState(false);
  const { remember, giveBack } = useFocusBack();
  const actions = useMemo(
    () => ({
      openPalette: () => {
        // Asked for again while it fades: it comes back.
        if (standing.current) void fetchPalette().then(({ openPalette }) => openPalette());
        standing.current = true;
        setPaletteWanted(true);
      },
      dropPalette: () => {
        standing.current = false;
        setPaletteWanted(false);
      },
      openSheet: () => {
        remember();
        setSheetOpened(true);
      },
      closeSheet: () => {
        setSheetOpened(false);
        giveBack();
      },
    }),
    [remember, giveBack],
  );
  const navigate = useNavigate();
  useShortcuts(
    useMemo(
      () => [
        { keys: "mod+K", label: t("shortcuts.palette"), run: actions.openPalette, whileTyping: true },
        { keys: "?", label: t("shortcuts.sheet"), run: actions.openSheet },
        { keys: "alt+H", label: t("areas.home"), run: () => void navigate({ to: "/" }) },
      ],
      [t, actions, navigate],
    ),
  );
  return { ...actions, paletteWanted, sheetOpened };
}

/** On a new page the focus starts at its content, so that the keyboard and the screen reader are where the eye is. */
function useFocusOnArrival(pathname: string) {
  const main = useRef<HTMLElement>(null);
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (!main.current?.contains(document.activeElement)) main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
}
