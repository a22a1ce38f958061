export const locales = ["en", "ar", "fa", "zh", "es"] as const;
export type Locale = (typeof locales)[number];

export const calendars = ["gregory", "persian", "islamic-umalqura"] as const;
export type Calendar = (typeof calendars)[number];

export type Digits = "local" | "latin";
export type Theme = "light" | "dark" | "system";

export interface Preferences {
  readonly locale: Locale;
  readonly calendar: Calendar;
  readonly digits: Digits;
  readonly theme: Theme;
}

/** Each language named in itself. */
export const languageNames: Record<Locale, string> = { en: "English", ar: "العربية", fa: "فارسی", zh: "中文", es: "Español" };

/** The BCP 47 tag whose habits of order and grouping we follow. */
const tags: Record<Locale, string> = { en: "en-GB", ar: "ar", fa: "fa-IR", zh: "zh-CN", es: "es-ES" };
const localDigits: Record<Locale, string> = { en: "latn", ar: "arab", fa: "arabext", zh: "latn", es: "latn" };

export function directionOf(locale: Locale): "ltr" | "rtl" {
  return locale === "ar" || locale === "fa" ? "rtl" : "ltr";
}

export function numberingOf({ locale, digits }: Pick<Preferences, "locale" | "digits">): string {
  return digits === "latin" ? "latn" : localDigits[locale];
}

export function hasLocalDigits(locale: Locale): boolean {
  return localDigits[locale] !== "latn";
}

/** The full tag for Intl and for the calendar picker, for instance `fa-IR-u-ca-persian-nu-arabext`. */
export function intlTag(preferences: Pick<Preferences, "locale" | "calendar" | "digits">): string {
  return `${tags[preferences.locale]}-u-ca-${preferences.calendar}-nu-${numberingOf(preferences)}`;
}

/** What a browser gets that has chosen nothing yet. */
export function defaultPreferences(languageTags: readonly string[]): Preferences {
  const found = languageTags.map((tag) => tag.slice(0, 2)).find((tag) => (locales as readonly string[]).includes(tag));
  const locale = (found ?? "en") as Locale;
  return { locale, calendar: locale === "fa" ? "persian" : "gregory", digits: "local", theme: "system" };
}
