import "@mantine/spotlight/styles.css";
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from "@mantine/spotlight";
import {
  CalendarIcon,
  DeviceDesktopIcon,
  GlobeIcon,
  KeyIcon,
  MoonIcon,
  NumberIcon,
  PersonIcon,
  SearchIcon,
  SignOutIcon,
  SunIcon,
} from "@primer/octicons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { calendars, hasLocalDigits, languageNames, locales } from "../../ui/languages.ts";
import { usePreferences } from "../../ui/preferences.tsx";
import type { Place } from "../areas.ts";
import { useSession } from "../session.tsx";
import { type SearchState, useSearch } from "./use-search.ts";
import { useWhenSettled } from "./use-when-settled.ts";

interface CommandPaletteProps {
  places: readonly Place[];
  onShortcuts: () => void;
  /** It is out of sight: what is not on the page has no place in its tree either. */
  onClosed: () => void;
}

const [store, palette] = createSpotlight();
export const openPalette = palette.open;

/** As Mantine's own; given here because a word when it is gone takes the place of all. */
const fade = { duration: 200, transition: "pop" } as const;

/** Ctrl+K: go somewhere, open what a search finds, change how things are shown, get help, leave. */
export function CommandPalette({ places, onShortcuts, onClosed }: CommandPaletteProps) {
  const { t } = useTranslation("app");
  const [query, setQuery] = useState("");
  // Opened once it stands: a palette that is born open does not know where to give the focus back.
  useEffect(() => openPalette(), []);
  const search = useSearch(query, true);
  const found = useFound(search);
  const all = [useGo(places), found, useView(), useHelp(onShortcuts)];
  const groups = all.flatMap((group) => keepMatching(group, query, t("palette.find"))).filter((group) => group.actions.length > 0);
  const enter = useFirstChosen(groups, query, search.settled);
  return (
    <Spotlight
      store={store}
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      filter={(_, chosen) => chosen}
      transitionProps={{ ...fade, onExited: onClosed }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      shortcut={null}
      scrollable
      maxHeight={420}
      limit={40}
      nothingFound={t("palette.nothing")}
      searchProps={{
        placeholder: t("palette.placeholder"),
        "aria-label": t("palette.title"),
        leftSection: <SearchIcon size={16} />,
        dir: "auto",
        onKeyDownCapture: enter.onKeyDownCapture,
      }}
      attributes={{ content: { "aria-label": t("palette.title") } }}
    />
  );
}

/**
 * The first line is chosen as soon as it is there, so that Enter opens it. Enter before the search has answered waits for the answer, so that
 * what opens does not depend on how fast one types.
 */
function useFirstChosen(groups: readonly SpotlightActionGroupData[], query: string, settled: boolean) {
  const shown = groups.flatMap((group) => group.actions.map(({ id }) => id)).join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies: other lines have another first one
  useEffect(() => {
    if (query.trim() !== "") chooseFirst();
  }, [shown, query]);
  const awaited = useWhenSettled(settled, () => {
    if (query.trim() !== "") chooseFirst()?.click();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing on takes back what Enter asked for
  useEffect(() => awaited.forget, [query]);
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing || settled) return;
    event.preventDefault();
    event.stopPropagation();
    awaited.ask();
  };
  return { onKeyDownCapture };
}

/** Mantine chooses when one types; lines that come later it leaves alone. It knows the chosen one by this attribute and by its place. */
function chooseFirst(): HTMLElement | null {
  const list = document.getElementById(store.getState().listId);
  const first = list?.querySelector<HTMLElement>("[data-action]") ?? null;
  for (const other of list?.querySelectorAll("[data-selected]") ?? []) if (other !== first) other.removeAttribute("data-selected");
  first?.setAttribute("data-selected", "true");
  store.updateState((state) => ({ ...state, selected: first === null ? -1 : 0 }));
  return first;
}

/** What a search found has been chosen by the server; commands are chosen by their words. */
function keepMatching(group: SpotlightActionGroupData, text: string, foundGroup: string): SpotlightActionGroupData[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === "" || group.group === foundGroup) return [group];
  const actions = group.actions.filter((action) =>
    `${action.label ?? ""} ${action.description ?? ""}`.toLocaleLowerCase().includes(wanted),
  );
  return actions.length > 0 ? [{ ...group, actions }] : [];
}

function useGo(places: readonly Place[]): SpotlightActionGroupData {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const actions = places.flatMap((place) => {
    const Icon = place.icon;
    return [place, ...place.within].map(({ id, path }) => ({
      id: `go-${id}`,
      label: t(`areas.${id}`),
      leftSection: <Icon size={16} />,
      onClick: () => void navigate({ to: path }),
    }));
  });
  return { group: t("palette.go"), actions };
}

function useFound({ hits }: SearchState): SpotlightActionGroupData {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const actions = hits.map((hit) => ({
    id: `found-${hit.id}`,
    label: hit.title,
    description: [hit.text, hit.reason, hit.mark].filter((part) => part !== undefined).join(" · "),
    leftSection: <PersonIcon size={16} />,
    onClick: () => void navigate({ to: hit.to }),
  }));
  return { group: t("palette.find"), actions };
}

function useView(): SpotlightActionGroupData {
  const { t } = useTranslation("app");
  const { choose } = useSession();
  const { preferences } = usePreferences();
  const themes = { light: <SunIcon size={16} />, dark: <MoonIcon size={16} />, system: <DeviceDesktopIcon size={16} /> };
  const languages = locales
    .filter((locale) => locale !== preferences.locale)
    .map((locale) => ({
      id: `language-${locale}`,
      label: `${t("person.language")}: ${languageNames[locale]}`,
      leftSection: <GlobeIcon size={16} />,
      onClick: () => void choose({ locale }),
    }));
  const otherCalendars = calendars
    .filter((calendar) => calendar !== preferences.calendar)
    .map((calendar) => ({
      id: `calendar-${calendar}`,
      label: `${t("person.calendar")}: ${t(`calendars.${calendar}`)}`,
      leftSection: <CalendarIcon size={16} />,
      onClick: () => void choose({ calendar }),
    }));
  const digits = preferences.digits === "local" ? ("latin" as const) : ("local" as const);
  const digitActions = hasLocalDigits(preferences.locale)
    ? [
        {
          id: "digits",
          label: `${t("person.digits")}: ${t(digits === "local" ? "person.digitsLocal" : "person.digitsLatin")}`,
          leftSection: <NumberIcon size={16} />,
          onClick: () => void choose({ digits }),
        },
      ]
    : [];
  const colours = (["light", "dark", "system"] as const)
    .filter((theme) => theme !== preferences.theme)
    .map((theme) => ({
      id: `theme-${theme}`,
      label: `${t("person.theme")}: ${t(`person.${theme}`)}`,
      leftSection: themes[theme],
      onClick: () => void choose({ theme }),
    }));
  return { group: t("palette.view"), actions: [...languages, ...otherCalendars, ...digitActions, ...colours] };
}

function useHelp(onShortcuts: () => void): SpotlightActionGroupData {
  const { t } = useTranslation("app");
  const { leave } = useSession();
  return {
    group: t("palette.help"),
    actions: [
      { id: "shortcuts", label: t("shortcuts.title"), leftSection: <KeyIcon size={16} />, onClick: onShortcuts },
      {
        id: "sign-out",
        label: t("person.signOut"),
        leftSection: <SignOutIcon size={16} className="mirror" />,
        onClick: leave,
      },
    ],
  };
}
