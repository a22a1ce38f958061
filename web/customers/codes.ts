import { useCallback } from "react";
import { useTranslation } from "react-i18next";

export type CodeList = "category" | "channel" | "segment" | "status" | "kind" | "role" | "scheme" | "marital" | "industry" | "purpose";

/** A code of a source in the person's language; one that nobody has named yet is shown as it came. */
export function useCodes(): (list: CodeList, code: string) => string {
  const { t, i18n } = useTranslation("customers");
  return useCallback(
    (list, code) => {
      // Dots and colons would lead elsewhere in the messages.
      const key = code.replace(/[.: ]/g, "_");
      return i18n.exists(`codes.${list}.${key}`, { ns: "customers" }) ? t(`codes.${list}.${key}`) : code;
    },
    [t, i18n],
  );
}
