import { DirectionProvider, MantineProvider, useDirection, useMantineColorScheme } from "@mantine/core";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { loadChineseFaces } from "./fonts.ts";
import { createFormat, type Format } from "./format.ts";
import { changeLanguage, setMessageFormat } from "./i18n.ts";
import { defaultPreferences, directionOf, type Preferences } from "./languages.ts";
import { styleNonce } from "./nonce.ts";
import { cssVariables, theme } from "./theme.ts";

const storageKey = "vinculo-preferences";

/** What this browser remembers from last time, for the page before sign-in; the session's own preferences replace it. */
export function rememberedPreferences(): Preferences {
  const fallback = defaultPreferences(navigator.languages);
  try {
    return { ...fallback, ...(JSON.parse(localStorage.getItem(storageKey) ?? "{}") as Partial<Preferences>) };
  } catch {
    return fallback; // damaged or forbidden storage: the browser's language decides
  }
}

function remember(preferences: Preferences): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(preferences));
  } catch {
    // storage is full or forbidden: the session keeps the choice anyway
  }
}

interface PreferencesValue {
  readonly preferences: Preferences;
  readonly format: Format;
  readonly change: (part: Partial<Preferences>) => Promise<void>;
}

const Context = createContext<PreferencesValue | null>(null);

export function usePreferences(): PreferencesValue {
  const value = use(Context);
  if (!value) throw new Error("usePreferences outside PreferencesProvider");
  return value;
}

export function useFormat(): Format {
  return usePreferences().format;
}

/** Holds language, calendar, digits and colours of the page, and tells the document and Mantine about them. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [preferences, setPreferences] = useState(rememberedPreferences);
  const latest = useRef(preferences);
  const format = useMemo(() => {
    const made = createFormat(preferences);
    setMessageFormat(made);
    return made;
  }, [preferences]);
  const change = useCallback(async (part: Partial<Preferences>) => {
    const next = { ...latest.current, ...part };
    latest.current = next;
    await changeLanguage(next.locale);
    setPreferences(next);
    remember(next);
  }, []);
  const value = useMemo(() => ({ preferences, format, change }), [preferences, format, change]);
  return (
    <Context value={value}>
      <DirectionProvider initialDirection={directionOf(preferences.locale)} detectDirection={false}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} getStyleNonce={styleNonce} defaultColorScheme="auto">
          <FollowPreferences />
          {children}
        </MantineProvider>
      </DirectionProvider>
    </Context>
  );
}

function FollowPreferences() {
  const { preferences } = usePreferences();
  const { setDirection } = useDirection();
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    document.documentElement.lang = preferences.locale;
    setDirection(directionOf(preferences.locale));
    if (preferences.locale === "zh") void loadChineseFaces();
  }, [preferences.locale, setDirection]);
  useEffect(() => setColorScheme(preferences.theme === "system" ? "auto" : preferences.theme), [preferences.theme, setColorScheme]);
  useEffect(() => {
    const timer = setTimeout(() => void loadChineseFaces(), 1500);
    return () => clearTimeout(timer);
  }, []);
  return null;
}
