import { Button, Group, Select, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { permissions } from "../../../server/governance/permissions/contract.ts";
import { keepApart, letTogether, listRoles } from "../../../server/governance/roles/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { useAction } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import type { Role } from "../answers.ts";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { usePermissionWords, useRoleWords } from "../role-words.ts";

type Conflict = AnswerOf<typeof listRoles>["conflicts"][number];

interface ConflictsPartProps {
  conflicts: readonly Conflict[];
  roles: readonly Role[];
  mayChange: boolean;
}

/** Pairs of duties nobody holds together. */
export function ConflictsPart({ conflicts, roles, mayChange }: ConflictsPartProps) {
  const { t } = useTranslation("people");
  const duty = useDutyWords(roles);
  const together = useAction(letTogether, { refreshes: [listRoles] });
  return (
    <Surface title={t("duties.title")}>
      <Stack gap="sm">
        <p className={classes.quiet}>{t("duties.note")}</p>
        <ul className={classes.lines}>
          {conflicts.map(({ dutyA, dutyB, reason, builtIn }) => (
            <li key={`${dutyA} ${dutyB}`}>
              <div className={classes.words}>
                <bdi>{duty(dutyA)}</bdi> ≠ <bdi>{duty(dutyB)}</bdi>
                {!builtIn && (
                  <p className={classes.quiet}>
                    <bdi>{reason}</bdi>
                  </p>
                )}
              </div>
              {mayChange && !builtIn && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red.9"
                  loading={together.isPending}
                  aria-label={`${t("duties.remove")}: ${duty(dutyA)} ≠ ${duty(dutyB)}`}
                  onClick={() => together.mutate({ body: { dutyA, dutyB } })}
                >
                  {t("duties.remove")}
                </Button>
              )}
            </li>
          ))}
        </ul>
        <Refusal error={together.error} />
        {mayChange && <ConflictForm roles={roles} />}
      </Stack>
    </Surface>
  );
}

function useDutyWords(roles: readonly Role[]): (duty: string) => string {
  const roleWords = useRoleWords();
  const permissionWords = usePermissionWords();
  const names = new Map(roles.map(({ roleId, name }) => [roleId, name]));
  return (duty) => (duty.includes(":") ? permissionWords(duty) : roleWords({ roleId: duty, roleName: names.get(duty) ?? null }));
}

function ConflictForm({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation("people");
  const words = useDutyWords(roles);
  const [dutyA, setDutyA] = useState<string | null>(null);
  const [dutyB, setDutyB] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const keep = useAction(keepApart, {
    refreshes: [listRoles],
    onDone: () => {
      setDutyA(null);
      setDutyB(null);
      setReason("");
    },
  });
  const data = [
    {
      group: t("roles.list"),
      items: roles.filter(({ retired }) => !retired).map(({ roleId }) => ({ value: roleId, label: words(roleId) })),
    },
    { group: t("roles.permissions"), items: permissions.map((value) => ({ value, label: words(value) })) },
  ];
  const ready = dutyA !== null && dutyB !== null && reason.trim().length >= 3;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) keep.mutate({ body: { dutyA, dutyB, reason: reason.trim() } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="xs">
        <Select label={t("duties.one")} data={data} value={dutyA} onChange={setDutyA} searchable />
        <Select label={t("duties.other")} data={data} value={dutyB} onChange={setDutyB} searchable />
        <TextInput label={t("duties.reason")} value={reason} dir="auto" onChange={(event) => setReason(event.currentTarget.value)} />
        {keep.data !== undefined && keep.data.peopleInConflict > 0 && (
          <p role="status" className={classes.refused}>
            {t("duties.inConflict", { count: keep.data.peopleInConflict })}
          </p>
        )}
        <Refusal error={keep.error} />
        <Group justify="flex-end">
          <Button type="submit" size="xs" variant="default" disabled={!ready} loading={keep.isPending}>
            {t("duties.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
