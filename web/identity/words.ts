import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Format } from "../ui/format.ts";
import { useFormat } from "../ui/preferences.tsx";
import { surenessOf } from "../ui/sureness.ts";

/** The matcher's codes are short English phrases; a message key has none of their blanks and commas. */
const keyOf = (code: string): string => code.replace(/[^a-z]+/gi, "_");

/** What the matcher calls things by code, in the person's language. */
export function useIdentityWords() {
  const { t } = useTranslation("identity");
  return useMemo(
    () => ({
      column: (column: string): string => t(`columns.${keyOf(column)}`, { defaultValue: column }),
      level: (column: string, level: string | null): string =>
        level === null ? t("levels.unknown") : t(`levels.${keyOf(column)}.${keyOf(level)}`, { defaultValue: level }),
      doubt: (reason: string): string => t(`doubts.${keyOf(reason)}.title`, { defaultValue: reason }),
      doubtText: (reason: string): string => t(`doubts.${keyOf(reason)}.text`, { defaultValue: "" }),
      keyClass: (name: string): string => t(`keyClasses.${keyOf(name)}`, { defaultValue: name }),
      sure: (probability: number): string => t(`sure.${surenessOf(probability)}`),
    }),
    [t],
  );
}

/** Points of evidence with their sign, in one piece on a page of either direction. */
export function pointsText(format: Format, bits: number): string {
  const text = format.number(Math.abs(bits), 1);
  const isNothing = Math.abs(bits) < 0.05;
  return `\u2066${isNothing ? "" : bits > 0 ? "+" : "\u2212"}${text}\u2069`;
}

export function usePoints(): (bits: number) => string {
  const format = useFormat();
  return (bits) => pointsText(format, bits);
}
