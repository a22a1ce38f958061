import { Button, Group, Select, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readPerson } from "../../../server/governance/people/contract.ts";
import { changeGrant, grantRole, listRoles } from "../../../server/governance/roles/contract.ts";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import type { Grant, Person } from "../answers.ts";
import { Refusal } from "../refusal.tsx";
import { useRoleWords } from "../role-words.ts";
import { UnitSelect } from "../unit-select.tsx";

interface GrantFormProps {
  person: Person;
  /** null: a new one. */
  grant: Grant | null;
  onClose: () => void;
}

const today = () => new Date().toISOString().slice(0, 10);

export function GrantForm({ person, grant, onClose }: GrantFormProps) {
  const { t } = useTranslation("people");
  const { t: ui } = useTranslation("ui");
  const words = useRoleWords();
  const roles = useEndpoint(listRoles, {});
  const [roleId, setRoleId] = useState(grant?.roleId ?? null);
  const [unitId, setUnitId] = useState<string | null>(grant?.unitId ?? person.homeUnitId);
  const [validFrom, setValidFrom] = useState<string | null>(grant?.validFrom ?? today());
  const [validUntil, setValidUntil] = useState(grant?.validUntil ?? null);
  const options = {
    refreshes: [readPerson],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("grants.done") });
    },
  };
  const give = useAction(grantRole, options);
  const change = useAction(changeGrant, options);
  const submit = () => {
    if (roleId === null || unitId === null || validFrom === null) return;
    const params = { userId: person.userId };
    const body = { roleId, unitId, validFrom, validUntil };
    if (grant === null) give.mutate({ params, body });
    else change.mutate({ params, body: { ...body, version: grant.version } });
  };
  const known = roles.data?.roles.filter(({ retired }) => !retired) ?? [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        <Select
          label={t("grants.role")}
          data={known.map((role) => ({ value: role.roleId, label: words({ roleId: role.roleId, roleName: role.name }) }))}
          value={roleId}
          onChange={setRoleId}
          disabled={grant !== null}
          searchable
          data-autofocus
        />
        {grant === null && <UnitSelect label={t("grants.unit")} value={unitId} onValue={setUnitId} />}
        <DateField label={t("days.from")} value={validFrom} onValue={setValidFrom} />
        <DateField label={t("days.until")} description={t("days.openNote")} value={validUntil} onValue={setValidUntil} />
        <Refusal error={give.error ?? change.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button
            type="submit"
            loading={give.isPending || change.isPending}
            disabled={roleId === null || unitId === null || validFrom === null}
          >
            {t(grant === null ? "grants.give" : "save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
