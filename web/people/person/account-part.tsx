import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listSessions } from "../../../server/governance/access/contract.ts";
import { unlinkPerson } from "../../../server/governance/identity-provider/contract.ts";
import {
  changePerson,
  confirmEmail,
  makeLink,
  readPerson,
  removeFactors,
  setPersonActive,
} from "../../../server/governance/people/contract.ts";
import { DateText } from "../../ui/date-text.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import type { Person } from "../answers.ts";
import { LinkNote } from "../link-note.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { UnitSelect } from "../unit-select.tsx";

export function AccountPart({ person, own }: { person: Person; own: boolean }) {
  const { t } = useTranslation("people");
  return (
    <Surface title={t("account.title")}>
      {own ? <p className={classes.quiet}>{t("account.own")}</p> : <AccountForm person={person} />}
      {!own && <Ways person={person} />}
    </Surface>
  );
}

function AccountForm({ person }: { person: Person }) {
  const { t } = useTranslation("people");
  const [displayName, setDisplayName] = useState(person.displayName);
  const [email, setEmail] = useState(person.email ?? "");
  const [homeUnitId, setHomeUnitId] = useState<string | null>(person.homeUnitId);
  const change = useAction(changePerson, { refreshes: [readPerson], onDone: () => void notify({ tone: "good", message: t("saved") }) });
  const changed = displayName !== person.displayName || email !== (person.email ?? "") || homeUnitId !== person.homeUnitId;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = {
      version: person.version,
      displayName,
      email: email.trim() === "" ? null : email.trim(),
      ...(homeUnitId === null ? {} : { homeUnitId }),
    };
    change.mutate({ params: { userId: person.userId }, body });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("account.name")}
          value={displayName}
          dir="auto"
          onChange={(event) => setDisplayName(event.currentTarget.value)}
        />
        <TextInput
          label={t("account.email")}
          type="email"
          value={email}
          dir="ltr"
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <UnitSelect label={t("account.unit")} value={homeUnitId} onValue={setHomeUnitId} />
        <Refusal error={change.error} />
        <Group justify="flex-end">
          <Button type="submit" size="xs" disabled={!changed || displayName.trim() === ""} loading={change.isPending}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** Whether the identity provider may link the account by its address: somebody who asked the person says so. */
function EmailLine({ person }: { person: Person }) {
  const { t } = useTranslation("people");
  const { userId, version, email, emailConfirmed } = person;
  const confirm = useAction(confirmEmail, { refreshes: [readPerson], onDone: () => void notify({ tone: "good", message: t("saved") }) });
  if (email === null) return null;
  return (
    <li>
      <div className={classes.words}>
        <bdi dir="ltr">{email}</bdi>
        {emailConfirmed && <p className={classes.quiet}>{t("ways.emailConfirmed")}</p>}
        <Refusal error={confirm.error} />
      </div>
      {!emailConfirmed && (
        <Button
          size="compact-sm"
          variant="default"
          loading={confirm.isPending}
          onClick={() => confirm.mutate({ params: { userId }, body: { version } })}
        >
          {t("ways.confirmEmail")}
        </Button>
      )}
    </li>
  );
}

/** How the person comes in: a link, factors, the state of the account. */
function Ways({ person }: { person: Person }) {
  const { t } = useTranslation("people");
  const { userId, version, active, factors } = person;
  const params = { userId };
  const link = useAction(makeLink, { refreshes: [] });
  const factorsAway = useAction(removeFactors, { refreshes: [readPerson] });
  const unlink = useAction(unlinkPerson, { refreshes: [readPerson, listSessions] });
  const state = useAction(setPersonActive, { refreshes: [readPerson, listSessions] });
  const error = link.error ?? factorsAway.error ?? unlink.error ?? state.error;
  const many = factors.totp || factors.passkeys > 0;
  return (
    <ul className={classes.lines}>
      <EmailLine person={person} />
      <li>
        <div className={classes.words}>
          {t(factors.password ? "ways.password" : "ways.noPassword")}
          {person.link !== null && (
            <p className={classes.quiet}>
              {t("ways.openLink")} <DateText value={person.link.expiresAt} time />
            </p>
          )}
        </div>
        {active && (
          <Button size="compact-sm" variant="default" loading={link.isPending} onClick={() => link.mutate({ params })}>
            {t(factors.password ? "ways.reset" : "ways.invite")}
          </Button>
        )}
      </li>
      {link.data !== undefined && (
        <li>
          <LinkNote link={link.data} />
        </li>
      )}
      <li>
        <div className={classes.words}>
          {t("ways.factors", { totp: factors.totp ? 1 : 0, passkeys: factors.passkeys, codes: factors.recoveryCodes })}
        </div>
        {many && (
          <Button size="compact-sm" variant="default" loading={factorsAway.isPending} onClick={() => factorsAway.mutate({ params })}>
            {t("ways.removeFactors")}
          </Button>
        )}
      </li>
      {person.providers.length > 0 && (
        <li>
          <div className={classes.words}>
            {t("ways.linked")}{" "}
            {person.providers.map(({ issuer, linkedAt, lastUsedAt }) => (
              <p key={issuer} className={classes.quiet}>
                <bdi dir="ltr">{issuer}</bdi> · {t("ways.linkedOn")} <DateText value={linkedAt} />
                {lastUsedAt !== null && (
                  <>
                    {" "}
                    · {t("sessions.lastUsed")} <DateText value={lastUsedAt} time />
                  </>
                )}
              </p>
            ))}
            <p className={classes.quiet}>{t("ways.unlinkNote")}</p>
          </div>
          <Button size="compact-sm" variant="default" loading={unlink.isPending} onClick={() => unlink.mutate({ params })}>
            {t("ways.unlink")}
          </Button>
        </li>
      )}
      <li>
        <div className={classes.words}>
          {t(active ? "person.active" : "person.closed")}
          <p className={classes.quiet}>{t(active ? "ways.closeNote" : "ways.openNote")}</p>
        </div>
        <Button
          size="compact-sm"
          variant="default"
          {...(active ? { color: "red.9" } : {})}
          loading={state.isPending}
          onClick={() => state.mutate({ params, body: { version, active: !active } })}
        >
          {t(active ? "ways.close" : "ways.open")}
        </Button>
      </li>
      {error !== null && (
        <li>
          <Refusal error={error} />
        </li>
      )}
    </ul>
  );
}
