import { useTranslation } from "react-i18next";
import { useRoleWords } from "../role-words.ts";

interface Reason {
  readonly kind: "bank" | "unit" | "portfolio" | "glass";
  readonly roleId: string | null;
  readonly roleName: string | null;
  readonly heldAt: string | null;
  readonly portfolioName: string | null;
  readonly deputyFor: string | null;
}

/** Why somebody sees somebody, as a sentence. */
export function useReasonWords(): (reason: Reason) => string {
  const { t } = useTranslation("people");
  const words = useRoleWords();
  return ({ kind, roleId, roleName, heldAt, portfolioName, deputyFor }) => {
    const role = roleId === null ? "" : words({ roleId, roleName });
    const why = t(`access.reasons.${kind}`, { role, unit: heldAt ?? "", portfolio: portfolioName ?? "" });
    return deputyFor === null ? why : t("access.inStead", { why, name: deputyFor });
  };
}
