import { Button, Checkbox, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { permissions as allPermissions, type Permission } from "../../../server/governance/permissions/contract.ts";
import { changeRole, createRole, listRoles, retireRole } from "../../../server/governance/roles/contract.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import type { Role } from "../answers.ts";
import { Refusal } from "../refusal.tsx";
import { usePermissionWords, useRoleWords } from "../role-words.ts";

interface RoleFormProps {
  /** null: a new one from nothing. */
  role: Role | null;
  copy: boolean;
  onClose: () => void;
}

/** A role is its name and its permissions. */
export function RoleForm({ role, copy, onClose }: RoleFormProps) {
  const { t } = useTranslation("people");
  const { t: ui } = useTranslation("ui");
  const words = usePermissionWords();
  const roleWords = useRoleWords();
  const changed = role !== null && !copy ? role : null;
  const [name, setName] = useState(
    role === null ? "" : copy ? t("roles.copyOf", { name: roleWords({ roleId: role.roleId, roleName: role.name }) }) : (role.name ?? ""),
  );
  const [note, setNote] = useState(role?.note ?? "");
  const [chosen, setChosen] = useState<string[]>(role?.permissions ?? []);
  const options = {
    refreshes: [listRoles],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("saved") });
    },
  };
  const make = useAction(createRole, options);
  const change = useAction(changeRole, options);
  const retire = useAction(retireRole, options);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = { name: name.trim(), note: note.trim(), permissions: chosen as Permission[] };
    if (changed === null) make.mutate({ body });
    else change.mutate({ params: { roleId: changed.roleId }, body: { ...body, version: changed.version } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t("roles.name")}
          value={name}
          dir="auto"
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Textarea
          label={t("roles.about")}
          value={note}
          dir="auto"
          autosize
          maxRows={4}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Checkbox.Group label={t("roles.permissions")} value={chosen} onChange={setChosen}>
          <Stack gap={8} mt={6}>
            {allPermissions.map((permission) => (
              <Checkbox key={permission} value={permission} label={words(permission)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Refusal error={make.error ?? change.error ?? retire.error} />
        <Group justify="space-between" gap="xs">
          {changed !== null ? (
            <Button
              variant="subtle"
              color="red.9"
              loading={retire.isPending}
              onClick={() => retire.mutate({ params: { roleId: changed.roleId }, body: { version: changed.version } })}
            >
              {t("roles.retire")}
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              {ui("dialog.cancel")}
            </Button>
            <Button type="submit" disabled={name.trim() === "" || chosen.length === 0} loading={make.isPending || change.isPending}>
              {t("save")}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
