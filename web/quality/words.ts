import { useTranslation } from "react-i18next";
import type { Dimension, QualityField } from "../../server/customers/quality/contract.ts";
import { useFormat } from "../ui/preferences.tsx";

/** What rules, fields and figures are called, in the person's language. */
export function useQualityWords() {
  const { t } = useTranslation("quality");
  const format = useFormat();
  const field = (name: QualityField): string => t(`fields.${name}`);
  return {
    field,
    dimension: (name: Dimension): string => t(`dimensions.${name}`),
    dimensionText: (name: Dimension): string => t(`dimensionTexts.${name}`),
    fault: (dimension: Dimension, name: QualityField): string => t(`faults.${dimension}`, { field: field(name) }),
    why: (dimension: Dimension, name: QualityField, months: number | null): string =>
      dimension === "validity"
        ? t(`validity.${name}`, { years: 120, date: format.date("1900-01-01") })
        : t(`why.${dimension}`, { months: months === null ? "" : format.number(months) }),
    repair: (dimension: Dimension): string => t(`repair.${dimension}`),
    /** A score of 0 to 100, never rounded up to perfect. */
    score: (score: number | null): string => (score === null ? "–" : format.number(score === 100 ? 100 : Math.min(score, 99.9), 1)),
    share: (failing: number, records: number): string => {
      if (records === 0) return "–";
      const share = failing / records;
      return format.percent(share > 0 && share < 0.001 ? 0.001 : share, share < 0.1 ? 1 : 0);
    },
  };
}
