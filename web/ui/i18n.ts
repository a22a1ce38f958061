import i18next, { type BackendModule, type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";
import type { Format } from "./format.ts";
import type { Locale } from "./languages.ts";

// One chunk per file: a browser fetches the active language of the areas it opens, nothing more.
// Vite writes the names as seen from here, so the kit's own begin with "./".
const files = import.meta.glob<Record<string, unknown>>("../*/locales/*.json", { import: "default" });

const backend: BackendModule = {
  type: "backend",
  init() {},
  read(language, namespace, done) {
    const load = files[`${namespace === "ui" ? "." : `../${namespace}`}/locales/${language}.json`];
    if (!load) return done(new Error(`no messages ${namespace}/${language}`), null);
    load().then(
      (messages) => done(null, messages as never),
      (error: Error) => done(error, null),
    );
  },
};

let currentFormat: Format | undefined;

/** Numbers inside messages (`{{count, number}}`) follow the person's digits too. */
export function setMessageFormat(format: Format): void {
  currentFormat = format;
}

export async function startI18n(locale: Locale): Promise<void> {
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: locale,
      ns: ["ui", "app"],
      defaultNS: "app",
      fallbackLng: false,
      load: "currentOnly",
      returnNull: false,
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
  i18next.services.formatter?.add("number", (value) => currentFormat?.number(value) ?? String(value));
}

/** Call before a page of an area is shown, so that it never appears without its words. */
export async function loadMessages(namespace: string): Promise<void> {
  await i18next.loadNamespaces(namespace);
}

/** The words of an area in another language than the person's: what is to be said to a customer. Fetches that one file. */
export async function wordsIn(locale: Locale, namespace: string): Promise<TFunction> {
  await new Promise<void>((resolve) => i18next.services.backendConnector.load([locale], [namespace], () => resolve()));
  return i18next.getFixedT(locale, namespace);
}

export async function changeLanguage(locale: Locale): Promise<void> {
  await i18next.changeLanguage(locale);
}

export { i18next as i18n };
