import { useTranslation } from "react-i18next";
import type { OfferReason } from "../../server/intelligence/offers/contract.ts";
import type { Format } from "../ui/format.ts";
import { useFormat } from "../ui/preferences.tsx";

/** Amount, share and day of a reason, for its words. */
export const figuresOf = (
  { amountMinor, currency, share, on }: Reason,
  bankCurrency: string,
  format: Format,
  style: "compact" | "round" = "compact",
) => ({
  amount: amountMinor === null ? "" : format.money(amountMinor, currency ?? bankCurrency, style),
  share: share === null ? "" : format.percent(share, share < 0.1 ? 1 : 0),
  on: on === null ? "" : format.date(on, "day"),
});

/** A reason as it came over the wire. */
export type Reason = Omit<OfferReason, "amountMinor"> & { readonly amountMinor: string | null };

export function useOfferWords(currency: string) {
  const { t } = useTranslation("offers");
  const format = useFormat();
  return {
    action: (actionId: string): string => t(`actions.${actionId}`, { defaultValue: actionId }),
    reason: (reason: Reason): string => t(`reasons.${reason.code}`, figuresOf(reason, currency, format)),
    /** In its own direction, among words of another. */
    segment: (segmentId: string, segments: readonly { readonly segmentId: string; readonly name: string }[]): string => {
      const name = segments.find((one) => one.segmentId === segmentId)?.name;
      return name === undefined ? t("page.segmentUnseen") : `\u2068${name}\u2069`;
    },
    gate: (gate: string, { until, segmentName }: { readonly until: string | null; readonly segmentName: string | null }): string => {
      const why = segmentName === null ? t(`gates.${gate}`) : t(`gates.${gate}_named`, { segment: `\u2068${segmentName}\u2069` });
      return until === null ? why : `${why}, ${t("next.until", { day: format.date(until, "day") })}`;
    },
  };
}
