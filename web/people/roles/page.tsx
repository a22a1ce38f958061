import { Button, Group, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listRoles } from "../../../server/governance/roles/contract.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import type { Role } from "../answers.ts";
import classes from "../people.module.css";
import { usePermissionWords, useRoleWords } from "../role-words.ts";
import { ConflictsPart } from "./conflicts-part.tsx";
import { RoleForm } from "./role-form.tsx";

interface Edited {
  readonly role: Role | null;
  /** A copy of a role becomes a new one. */
  readonly copy: boolean;
}

/** Which roles there are, what each lets a person do, and which duties are kept apart. */
export function RolesPage() {
  const { t } = useTranslation("people");
  const mayChange = useCan("role:manage");
  const [edited, setEdited] = useState<Edited | null>(null);
  const answer = useEndpoint(listRoles, {});
  if (answer.error) return <ErrorState error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton height={480} radius="md" />;
  const { roles, conflicts } = answer.data;
  const close = () => setEdited(null);
  return (
    <div className={classes.stack}>
      <PageHeader
        title={t("roles.title")}
        note={t("roles.note")}
        actions={mayChange && <Button onClick={() => setEdited({ role: null, copy: false })}>{t("roles.add")}</Button>}
      />
      <div className={classes.columns}>
        <Surface title={t("roles.list")}>
          <ul className={classes.lines}>
            {roles.map((role) => (
              <RoleLine key={role.roleId} role={role} mayChange={mayChange} onEdit={setEdited} />
            ))}
          </ul>
        </Surface>
        <ConflictsPart conflicts={conflicts} roles={roles} mayChange={mayChange} />
      </div>
      <SidePanel opened={edited !== null} onClose={close} title={t(edited?.role && !edited.copy ? "roles.change" : "roles.add")}>
        {edited !== null && <RoleForm role={edited.role} copy={edited.copy} onClose={close} />}
      </SidePanel>
    </div>
  );
}

function RoleLine({ role, mayChange, onEdit }: { role: Role; mayChange: boolean; onEdit: (edited: Edited) => void }) {
  const { t } = useTranslation("people");
  const format = useFormat();
  const name = useRoleWords()({ roleId: role.roleId, roleName: role.name });
  const permission = usePermissionWords();
  return (
    <li>
      <div className={classes.words}>
        <Group gap={6}>
          <strong>
            <bdi>{name}</bdi>
          </strong>
          {role.ruling && <StateMark tone="warn">{t("roles.ruling")}</StateMark>}
          {role.retired && <StateMark tone="quiet">{t("roles.retired")}</StateMark>}
          <span className={classes.quiet}>{t("roles.holders", { n: format.number(role.holders) })}</span>
        </Group>
        {role.note !== "" && (
          <p className={classes.quiet}>
            <bdi>{role.note}</bdi>
          </p>
        )}
        <p className={classes.quiet}>{role.permissions.map(permission).join(" · ")}</p>
      </div>
      {mayChange && !role.retired && (
        <Group gap={4}>
          {!role.builtIn && (
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`${t("roles.change")}: ${name}`}
              onClick={() => onEdit({ role, copy: false })}
            >
              {t("roles.change")}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="subtle"
            aria-label={`${t("roles.copy")}: ${name}`}
            onClick={() => onEdit({ role, copy: true })}
          >
            {t("roles.copy")}
          </Button>
        </Group>
      )}
    </li>
  );
}
