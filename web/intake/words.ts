import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** The bank's words for kinds of records, their fields and the reasons of quarantine; what has no word is shown as it is. */
export function useWords() {
  const { t } = useTranslation("intake");
  return useMemo(
    () => ({
      kind: (kind: string): string => t(`kinds.${kind}`, { defaultValue: kind }),
      holdingKind: (kind: string): string => t(`holdingKinds.${kind}`, { defaultValue: kind }),
      field: (field: string): string => t(`fields.${field}`, { defaultValue: field }),
      reason: (reason: string): string => t(`reasons.${reason}.title`, { defaultValue: reason }),
      reasonText: (reason: string): string => t(`reasons.${reason}.text`, { defaultValue: "" }),
    }),
    [t],
  );
}
