import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readPerson } from "../../../server/governance/people/contract.ts";
import { takeRole } from "../../../server/governance/roles/contract.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { useAction } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import type { Grant, Person } from "../answers.ts";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { useRoleWords } from "../role-words.ts";
import { GrantForm } from "./grant-form.tsx";

const tones = { holds: "good", later: "accent", over: "quiet", retired: "quiet", conflict: "bad" } as const;

export function GrantsPart({ person, own }: { person: Person; own: boolean }) {
  const { t } = useTranslation("people");
  const [edited, setEdited] = useState<Grant | "new" | null>(null);
  const [taken, setTaken] = useState<Grant | null>(null);
  const close = () => setEdited(null);
  return (
    <Surface
      title={t("grants.title")}
      aside={
        !own && (
          <Button size="xs" onClick={() => setEdited("new")}>
            {t("grants.add")}
          </Button>
        )
      }
    >
      {own && <p className={classes.quiet}>{t("grants.own")}</p>}
      {person.grants.length === 0 && <EmptyState compact reason="data" title={t("grants.none")} text={t("grants.noneText")} />}
      <ul className={classes.lines}>
        {person.grants.map((grant) => (
          <GrantLine
            key={`${grant.roleId} ${grant.unitId}`}
            grant={grant}
            own={own}
            onEdit={() => setEdited(grant)}
            onTake={() => setTaken(grant)}
          />
        ))}
      </ul>
      <SidePanel opened={edited !== null} onClose={close} title={t(edited === "new" ? "grants.add" : "grants.change")}>
        {edited !== null && <GrantForm person={person} grant={edited === "new" ? null : edited} onClose={close} />}
      </SidePanel>
      {taken !== null && <TakeDialog person={person} grant={taken} onClose={() => setTaken(null)} />}
    </Surface>
  );
}

interface GrantLineProps {
  grant: Grant;
  own: boolean;
  onEdit: () => void;
  onTake: () => void;
}

function GrantLine({ grant, own, onEdit, onTake }: GrantLineProps) {
  const { t } = useTranslation("people");
  const role = useRoleWords()(grant);
  return (
    <li>
      <div className={classes.words}>
        <bdi>{t("grants.at", { role, unit: grant.unitName })}</bdi>
        <p className={classes.quiet}>
          <DateText value={grant.validFrom} /> – {grant.validUntil === null ? t("grants.open") : <DateText value={grant.validUntil} />}
        </p>
        {grant.state === "conflict" && <p className={classes.refused}>{t("grants.conflictText")}</p>}
      </div>
      <StateMark tone={tones[grant.state]}>{t(`grants.states.${grant.state}`)}</StateMark>
      {!own && (
        <Group gap={4}>
          <Button size="compact-sm" variant="subtle" onClick={onEdit} aria-label={`${t("grants.change")}: ${role}`}>
            {t("grants.days")}
          </Button>
          <Button size="compact-sm" variant="subtle" color="red.9" onClick={onTake} aria-label={`${t("grants.take")}: ${role}`}>
            {t("grants.take")}
          </Button>
        </Group>
      )}
    </li>
  );
}

function TakeDialog({ person, grant, onClose }: { person: Person; grant: Grant; onClose: () => void }) {
  const { t } = useTranslation("people");
  const role = useRoleWords()(grant);
  const take = useAction(takeRole, { refreshes: [readPerson], onDone: onClose });
  const { roleId, unitId, version } = grant;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t("grants.takeTitle", { role, name: person.displayName })}
      confirmLabel={t("grants.take")}
      danger
      busy={take.isPending}
      onConfirm={() => take.mutate({ params: { userId: person.userId }, body: { roleId, unitId, version } })}
    >
      <Stack gap="xs">
        <p>{t("grants.takeText")}</p>
        <Refusal error={take.error} />
      </Stack>
    </ConfirmDialog>
  );
}
