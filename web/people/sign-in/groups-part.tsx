import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listGroupRoles, removeGroupRole, setGroupRole } from "../../../server/governance/provisioning/contract.ts";
import { listRoles } from "../../../server/governance/roles/contract.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { useRoleWords } from "../role-words.ts";
import { UnitSelect } from "../unit-select.tsx";

/** Which group of the directory carries which role where. */
export function GroupsPart() {
  const { t } = useTranslation("people");
  const words = useRoleWords();
  const found = useEndpoint(listGroupRoles, {});
  const remove = useAction(removeGroupRole, { refreshes: [listGroupRoles] });
  return (
    <Surface title={t("groups.title")}>
      <Stack gap="sm">
        <p className={classes.quiet}>{t("groups.note")}</p>
        <ul className={classes.lines}>
          {(found.data?.groupRoles ?? []).map(({ groupName, roleId, roleName, unitId, unitName, members }) => (
            <li key={`${groupName} ${roleId} ${unitId}`}>
              <div className={classes.words}>
                <bdi>{groupName}</bdi>
                <p className={classes.quiet}>
                  {t("grants.at", { role: words({ roleId, roleName }), unit: `\u2068${unitName}\u2069` })} ·{" "}
                  {t("groups.members", { count: members })}
                </p>
              </div>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red.9"
                aria-label={`${t("own.remove")}: ${groupName}, ${words({ roleId, roleName })}`}
                onClick={() => remove.mutate({ body: { groupName, roleId, unitId } })}
              >
                {t("own.remove")}
              </Button>
            </li>
          ))}
        </ul>
        <Refusal error={remove.error} />
        <GroupForm />
      </Stack>
    </Surface>
  );
}

function GroupForm() {
  const { t } = useTranslation("people");
  const words = useRoleWords();
  const roles = useEndpoint(listRoles, {});
  const [groupName, setGroupName] = useState("");
  const [roleId, setRoleId] = useState<string | null>(null);
  const [unitId, setUnitId] = useState<string | null>(null);
  const set = useAction(setGroupRole, {
    refreshes: [listGroupRoles],
    onDone: () => {
      setGroupName("");
      void notify({ tone: "good", message: t("saved") });
    },
  });
  const ready = groupName.trim() !== "" && roleId !== null && unitId !== null;
  const data = (roles.data?.roles ?? [])
    .filter(({ retired, ruling }) => !retired && !ruling)
    .map((role) => ({ value: role.roleId, label: words({ roleId: role.roleId, roleName: role.name }) }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) set.mutate({ body: { groupName: groupName.trim(), roleId, unitId } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <TextInput label={t("groups.name")} value={groupName} dir="auto" onChange={(event) => setGroupName(event.currentTarget.value)} />
        <Select label={t("grants.role")} data={data} value={roleId} onChange={setRoleId} searchable />
        <UnitSelect label={t("grants.unit")} value={unitId} onValue={setUnitId} />
        <Refusal error={set.error} />
        <Group justify="flex-end">
          <Button type="submit" size="xs" variant="default" disabled={!ready} loading={set.isPending}>
            {t("groups.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
