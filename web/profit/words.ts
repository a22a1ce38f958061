import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** Words for codes; a code nobody has named is shown as it came. */
export function useWords(): (list: "tiers" | "segments" | "products" | "parts" | "causes", code: string | null) => string {
  const { t, i18n } = useTranslation("profit");
  return useCallback(
    (list, code) => {
      if (code === null) return t("none");
      const key = `${list}.${code.replace(/[.: ]/g, "_")}`;
      return i18n.exists(key, { ns: "profit" }) ? t(key) : code;
    },
    [t, i18n],
  );
}
