import { useTranslation } from "react-i18next";
import type { readCustomerRisk } from "../../server/intelligence/credit/contract.ts";
import type { AnswerOf } from "../ui/api.ts";
import { useFormat } from "../ui/preferences.tsx";

type Rating = NonNullable<AnswerOf<typeof readCustomerRisk>["rating"]>;
export type Part = Rating["parts"][number];

const shares = new Set(["debtService", "incomeShare", "incomeTrend", "cashShare", "utilisation", "repaidShare"]);

/** How risk is said: reasons as sentences, chances with as many digits as they need, bands by their name. */
export function useRiskWords() {
  const { t } = useTranslation("risk");
  const format = useFormat();
  const chance = (share: number): string => format.percent(share, share < 0.01 ? 2 : share < 0.1 ? 1 : 0);
  const value = ({ characteristic, value: of }: Pick<Part, "characteristic" | "value">): string => {
    if (of === null) return t("unknown");
    if (shares.has(characteristic)) return format.percent(of, 0);
    return format.number(of, Number.isInteger(of) ? 0 : 1);
  };
  return {
    chance,
    value,
    reason: (part: Part): string =>
      part.value === null
        ? t("reasonUnknown", { name: t(`characteristics.${part.characteristic}`) })
        : t(`reasons.${part.characteristic}`, { value: value(part) }),
    characteristic: (part: Pick<Part, "characteristic">): string => t(`characteristics.${part.characteristic}`),
    band: (band: string): string => (band === "D" ? t("bandDefault") : t("band", { band: format.code(band) })),
    points: (points: number): string => format.number(Math.round(points)),
    kind: (kind: string): string => t(`kinds.${kind}`),
  };
}

/** From safe to grave, for the colour beside the word. */
export function toneOfChance(probability: number): "good" | "quiet" | "warn" | "bad" {
  return probability >= 0.2 ? "bad" : probability >= 0.08 ? "warn" : probability <= 0.02 ? "good" : "quiet";
}
