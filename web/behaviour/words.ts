import { useTranslation } from "react-i18next";
import type { MonthMeasure, readBehaviour } from "../../server/intelligence/behaviour/contract.ts";
import type { AnswerOf } from "../ui/api.ts";
import { useFormat } from "../ui/preferences.tsx";

export type Behaviour = AnswerOf<typeof readBehaviour>;
export type Ahead = NonNullable<Behaviour["ahead"]>;
export type Told = NonNullable<Ahead["balance"]>;

export interface BehaviourWords {
  name: (measure: MonthMeasure) => string;
  /** A month's figure of a measure: money short, counts with a decimal where they are small. */
  figure: (measure: MonthMeasure, value: number) => string;
}

/** Measures are called as the facts are that are counted from them. */
export function useBehaviourWords(currency: string): BehaviourWords {
  const { t } = useTranslation(["behaviour", "segments"]);
  const format = useFormat();
  return {
    name: (measure) => (measure === "balance_minor" ? t("behaviour:balance.name") : t(`segments:facts.${measure}`)),
    figure: (measure, value) =>
      measure.endsWith("_minor")
        ? format.money(String(Math.round(value)), currency, "compact")
        : format.number(value, value < 10 && !Number.isInteger(value) ? 1 : 0),
  };
}
