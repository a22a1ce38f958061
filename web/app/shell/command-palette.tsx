import "@mantine/spotlight/styles.css";
import { Spotlight, type SpotlightActionGroupData, spotlight } from "@mantine/spotlight";
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
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { calendars, hasLocalDigits, languageNames, locales } from "../../ui/languages.ts";
import { usePreferences } from "../../ui/preferences.tsx";
import type { Place } from "../areas.ts";
import { useSession } from "../session.tsx";
import { useSearch } from "./use-search.ts";

interface CommandPaletteProps {
  places: readonly Place[];
  onShortcuts: () => void;
}

/** Ctrl+K: go somewhere, open what a search finds, change how things are shown, get help, leave. */
export function CommandPalette({ places, onShortcuts }: CommandPaletteProps) {
  const { t } = useTranslation("app");
  const [query, setQuery] = useState("");
  // Opened once it stands: a palette that is born open does not know where to give the focus back.
  useEffect(() => spotlight.open(), []);
  const groups = [useGo(places), useFound(query), useView(), useHelp(onShortcuts)].filter((group) => group.actions.length > 0);
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      filter={(text, all) => all.flatMap((group) => keepMatching(group as SpotlightActionGroupData, text, t("palette.find")))}
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
      }}
      aria-label={t("palette.title")}
    />
  );
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

function useFound(query: string): SpotlightActionGroupData {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const { hits } = useSearch(query, true);
  const actions = hits.map((hit) => ({
    id: `found-${hit.id}`,
    label: hit.title,
    ...(hit.text === undefined ? {} : { description: hit.text }),
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
        onClick: () => void leave(),
      },
    ],
  };
}
