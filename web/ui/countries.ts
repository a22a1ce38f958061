import { useMemo } from "react";
import { useTranslation } from "react-i18next";

// Unions, test codes and places that nobody lives in by law: names the browser has, and no customer's country.
const noCountry = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"]);
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const codes = [...letters].flatMap((first) => [...letters].map((second) => first + second)).filter((code) => !noCountry.has(code));

/** Every country by its ISO 3166 code, in the person's language and its order. */
export function useCountries(): readonly { readonly value: string; readonly label: string }[] {
  const { i18n } = useTranslation();
  return useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: "region", fallback: "none" });
    const named = codes.flatMap((value) => {
      const label = names.of(value);
      return label === undefined ? [] : [{ value, label }];
    });
    const { compare } = new Intl.Collator(i18n.language);
    return named.sort((a, b) => compare(a.label, b.label));
  }, [i18n.language]);
}
