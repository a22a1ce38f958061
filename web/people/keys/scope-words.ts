import { useTranslation } from "react-i18next";
import { usePermissionWords } from "../role-words.ts";

/** A scope is named like the permission it is; the one for directories has words of its own. */
export function useScopeWords(): (scope: string) => string {
  const { t } = useTranslation("people");
  const words = usePermissionWords();
  return (scope) => (scope === "scim" ? t("keys.scim") : words(scope));
}
