import { useTranslation } from "react-i18next";
import { permissions } from "../../../server/governance/permissions/contract.ts";
import { listRoles } from "../../../server/governance/roles/contract.ts";
import { useEndpoint } from "../../ui/query.ts";
import { useWordsOf } from "../use-words.ts";

/** What a level may name: roles in use and permissions, with their words. */
export function useDuties() {
  const { t } = useTranslation("approvals");
  useWordsOf(["people:permissions", "app:roles"]);
  const roles = (useEndpoint(listRoles, {}).data?.roles ?? []).filter((role) => !role.retired);
  const nameOf = (duty: string): string => {
    if (duty.includes(":")) return t(`people:permissions.${duty.replace(":", "_")}`, { defaultValue: duty });
    return roles.find((role) => role.roleId === duty)?.name ?? t(`app:roles.${duty}`, { defaultValue: duty });
  };
  const options = [
    { group: t("policies.roles"), items: roles.map(({ roleId }) => ({ value: roleId, label: nameOf(roleId) })) },
    { group: t("policies.rights"), items: permissions.map((right) => ({ value: right, label: nameOf(right) })) },
  ];
  return { nameOf, options };
}
