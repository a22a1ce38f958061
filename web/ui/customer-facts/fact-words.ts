import { useTranslation } from "react-i18next";
import type { listFacts } from "../../../server/intelligence/facts/contract.ts";
import type { AnswerOf } from "../api.ts";
import { useFormat } from "../preferences.tsx";

export type Facts = AnswerOf<typeof listFacts>;
export type FactInfo = Facts["facts"][number];

/** Several windows of one measure share its name: in_3m_minor is in_minor over three months. */
const baseOf = (key: string): string => key.replace(/_\d+m(?=_|$)/, "");

export interface FactWords {
  name: (fact: FactInfo) => string;
  code: (fact: FactInfo, code: string) => string;
  /** A figure as a number of the fact's kind: minor units, a share of 1, days. */
  value: (fact: FactInfo, value: number) => string;
}

export function useFactWords(currency: string): FactWords {
  const { t, i18n } = useTranslation("segments");
  const format = useFormat();
  const name = ({ key, months }: FactInfo): string => {
    const words = t(`facts.${baseOf(key)}`);
    return months === null ? words : t("window", { name: words, count: months });
  };
  const code = ({ key, codes }: FactInfo, given: string): string => {
    if (codes !== null && i18n.exists(`segments:codes.${key}.${given}`)) return t(`codes.${key}.${given}`);
    if (key === "language") return format.languageName(given);
    return key === "country" || key === "nationality" ? format.countryName(given) : given;
  };
  const value = ({ kind }: FactInfo, figure: number): string => {
    if (kind === "money") return format.money(String(Math.round(figure)), currency, "compact");
    if (kind === "share" || kind === "flag") return format.percent(figure, 0);
    return format.number(figure, Math.abs(figure) < 10 && !Number.isInteger(figure) ? 1 : 0);
  };
  return { name, code, value };
}
