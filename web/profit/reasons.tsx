import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/preferences.tsx";
import { useWords } from "./words.ts";

export interface Reason {
  readonly code: string;
  readonly actualMinor?: number | undefined;
  readonly neededMinor?: number | undefined;
  readonly belowCount?: number | undefined;
  readonly since?: string | undefined;
  readonly monthsMin?: number | undefined;
  readonly cap?: string | undefined;
  readonly until?: string | undefined;
}

/** Why a customer is in a tier, in plain words. */
export function useReasonWords(currency: string): (reason: Reason) => string {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const words = useWords();
  const money = (minor: number | undefined) => format.money(String(Math.round(minor ?? 0)), currency, "round");
  return (reason) =>
    t(`reasons.${reason.code}`, {
      actual: money(reason.actualMinor),
      needed: money(reason.neededMinor),
      n: reason.belowCount ?? reason.monthsMin ?? 0,
      since: reason.since === undefined ? "" : format.date(reason.since),
      until: reason.until === undefined ? "" : format.date(reason.until),
      cap: words("tiers", reason.cap ?? null),
    });
}
