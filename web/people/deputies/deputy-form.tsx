import { Button, Group, MultiSelect, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listColleagues } from "../../../server/governance/organisation/contract.ts";
import { delegate, listDelegations, listRoles } from "../../../server/governance/roles/contract.ts";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { ColleagueSelect } from "../colleague-select.tsx";
import { Refusal } from "../refusal.tsx";
import { useRoleWords } from "../role-words.ts";

interface DeputyFormProps {
  fromUserId: string;
  fromName: string;
  onClose: () => void;
}

const today = () => new Date().toISOString().slice(0, 10);

/** Names who stands in, with which of the roles, from when to when. */
export function DeputyForm({ fromUserId, fromName, onClose }: DeputyFormProps) {
  const { t } = useTranslation("people");
  const { t: ui } = useTranslation("ui");
  const roles = useRolesToPassOn(fromName, fromUserId);
  const [toUserId, setToUserId] = useState<string | null>(null);
  const [roleIds, setRoleIds] = useState<string[]>([]);
  const [validFrom, setValidFrom] = useState<string | null>(today());
  const [validUntil, setValidUntil] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const name = useAction(delegate, {
    refreshes: [listDelegations],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("deputies.done") });
    },
  });
  const ready = toUserId !== null && roleIds.length > 0 && validFrom !== null && validUntil !== null && reason.trim().length >= 3;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    name.mutate({ body: { fromUserId, toUserId, roleIds, validFrom, validUntil, reason: reason.trim() } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <p>{t("deputies.note", { name: fromName })}</p>
        <ColleagueSelect label={t("deputies.to")} value={toUserId} onValue={setToUserId} exceptId={fromUserId} />
        <MultiSelect label={t("deputies.roles")} data={roles} value={roleIds} onChange={setRoleIds} />
        <DateField label={t("days.from")} value={validFrom} onValue={setValidFrom} />
        <DateField label={t("days.until")} value={validUntil} onValue={setValidUntil} min={today()} />
        <TextInput label={t("deputies.reason")} value={reason} dir="auto" onChange={(event) => setReason(event.currentTarget.value)} />
        <Refusal error={name.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={name.isPending}>
            {t("deputies.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The person's own roles of today that may be passed on. */
function useRolesToPassOn(fromName: string, fromUserId: string) {
  const words = useRoleWords();
  const all = useEndpoint(listRoles, {});
  const found = useEndpoint(listColleagues, { query: { text: fromName } });
  const ruling = new Set(all.data?.roles.filter(({ ruling: rules }) => rules).map(({ roleId }) => roleId));
  const own = found.data?.people.find(({ userId }) => userId === fromUserId)?.roles ?? [];
  const roles = own.filter(({ roleId, deputyFor }) => deputyFor === null && !ruling.has(roleId));
  return [...new Map(roles.map((role) => [role.roleId, { value: role.roleId, label: words(role) }])).values()];
}
