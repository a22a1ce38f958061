import { useTranslation } from "react-i18next";

interface NamedRole {
  readonly roleId: string;
  readonly roleName: string | null;
}

/** What a role is called: those of the product in every language, those of the bank as it named them. */
export function useRoleWords(): (role: NamedRole) => string {
  const { t } = useTranslation("people");
  return ({ roleId, roleName }) => roleName ?? t(`app:roles.${roleId}`, { defaultValue: roleId });
}

export function usePermissionWords(): (permission: string) => string {
  const { t } = useTranslation("people");
  return (permission) => t(`permissions.${permission.replace(":", "_")}`, { defaultValue: permission });
}
