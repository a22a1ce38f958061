import { Button, Group, PasswordInput, Skeleton, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changePassword, readAccount, removePasskey, removeTotp, renewRecoveryCodes } from "../../../server/governance/account/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { RelativeTime } from "../../ui/date-text.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { usePasswordTrouble } from "../../ui/password-trouble.ts";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useViewer } from "../../ui/viewer.tsx";
import { Deputies } from "../deputies/deputies.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { SessionList } from "../session-list.tsx";
import { AddPasskey } from "./add-passkey.tsx";
import { AddTotp } from "./add-totp.tsx";
import { CodesNote } from "./codes-note.tsx";

type Account = AnswerOf<typeof readAccount>;

const PASSWORD_MIN = 12;

/** What proves oneself, where one is signed in, and who stands in. */
export function AccountPage() {
  const { t } = useTranslation("people");
  const { userId, displayName } = useViewer();
  const account = useEndpoint(readAccount, {});
  if (account.error) return <ErrorState error={account.error} retry={() => void account.refetch()} />;
  if (!account.data) return <Skeleton height={480} radius="md" />;
  return (
    <div className={classes.stack}>
      <PageHeader title={t("own.title")} note={t("own.note")} />
      <div className={classes.columns}>
        <div className={classes.stack}>
          <Factors account={account.data} />
          <Deputies userId={userId} name={displayName} />
        </div>
        <div className={classes.stack}>
          <SessionList userId={userId} />
          <Password />
        </div>
      </div>
    </div>
  );
}

function Factors({ account }: { account: Account }) {
  const { t } = useTranslation("people");
  const [codes, setCodes] = useState<readonly string[]>([]);
  const refreshes = [readAccount];
  const totpAway = useAction(removeTotp, { refreshes });
  const passkeyAway = useAction(removePasskey, { refreshes });
  const renew = useAction(renewRecoveryCodes, { refreshes, onDone: ({ recoveryCodes }) => setCodes(recoveryCodes) });
  const some = account.totp || account.passkeys.length > 0;
  return (
    <Surface title={t("own.factors")}>
      <Stack gap="sm">
        {!some && <p className={classes.quiet}>{t("own.noFactors")}</p>}
        {codes.length > 0 && <CodesNote codes={codes} onSeen={() => setCodes([])} />}
        <ul className={classes.lines}>
          {account.passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => (
            <li key={credentialId}>
              <div className={classes.words}>
                {t("own.passkey")} <bdi>{name}</bdi>
                <p className={classes.quiet}>
                  {t(lastUsedAt === null ? "own.added" : "own.used")} <RelativeTime value={lastUsedAt ?? createdAt} />
                </p>
              </div>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red.9"
                aria-label={`${t("own.remove")}: ${name}`}
                onClick={() => passkeyAway.mutate({ body: { credentialId } })}
              >
                {t("own.remove")}
              </Button>
            </li>
          ))}
          <li>
            <AddPasskey onCodes={setCodes} />
          </li>
          <li>
            <div className={classes.words}>{t(account.totp ? "own.totpOn" : "own.totpOff")}</div>
            {account.totp ? (
              <Button size="compact-sm" variant="subtle" color="red.9" loading={totpAway.isPending} onClick={() => totpAway.mutate({})}>
                {t("own.remove")}
              </Button>
            ) : (
              <AddTotp onCodes={setCodes} />
            )}
          </li>
          {some && (
            <li>
              <div className={classes.words}>{t("own.codesLeft", { count: account.recoveryCodes })}</div>
              <Button size="compact-sm" variant="default" loading={renew.isPending} onClick={() => renew.mutate({})}>
                {t("own.renew")}
              </Button>
            </li>
          )}
        </ul>
        <Refusal error={totpAway.error ?? passkeyAway.error ?? renew.error} />
      </Stack>
    </Surface>
  );
}

function Password() {
  const { t } = useTranslation("people");
  const { t: app } = useTranslation("app");
  const [password, setPassword] = useState("");
  const change = useAction(changePassword, {
    onDone: () => {
      setPassword("");
      void notify({ tone: "good", message: t("own.passwordDone") });
    },
  });
  const trouble = usePasswordTrouble(change.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ body: { password } });
  };
  return (
    <Surface title={t("own.password")}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <PasswordInput
            label={t("own.newPassword")}
            description={t("own.passwordNote")}
            value={password}
            error={trouble}
            autoComplete="new-password"
            visibilityToggleButtonProps={{ "aria-label": app("signIn.show"), tabIndex: 0 }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          {trouble === null && <Refusal error={change.error} />}
          <Group justify="flex-end">
            <Button type="submit" size="xs" disabled={password.length < PASSWORD_MIN} loading={change.isPending}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Surface>
  );
}
