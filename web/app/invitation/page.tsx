import { Button, PasswordInput, Skeleton, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { lookAtLink, redeemLink } from "../../../server/governance/people/contract.ts";
import { call } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { usePasswordTrouble } from "../../ui/password-trouble.ts";
import { isProblem } from "../../ui/problem.ts";
import { Door } from "../sign-in/door.tsx";

const PASSWORD_MIN = 12;

/** Sets a password by the link an administrator handed over. The token stands behind the `#`, and is taken out of the address at once. */
export function InvitationPage() {
  const { t } = useTranslation("app");
  const [token] = useState(() => window.location.hash.slice(1));
  useEffect(() => {
    document.title = `${t("invitation.title")} · Vinculo`;
    window.history.replaceState(null, "", "/invitation");
  }, [t]);
  const found = useQuery({
    queryKey: ["link"],
    queryFn: () => call(lookAtLink, { body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Door title={found.data?.bankName ?? t("invitation.title")}>
      {found.isPending && <Skeleton height={160} />}
      {found.error && <Gone error={found.error} />}
      {found.data && <SetPassword token={token} displayName={found.data.displayName} login={found.data.login} />}
    </Door>
  );
}

function Gone({ error }: { error: unknown }) {
  const { t } = useTranslation("app");
  return isProblem(error, "not_found") || isProblem(error, "invalid_input") ? (
    <p role="alert">{t("invitation.gone")}</p>
  ) : (
    <ErrorNote error={error} />
  );
}

function SetPassword({ token, displayName, login }: { token: string; displayName: string; login: string }) {
  const { t } = useTranslation("app");
  const [password, setPassword] = useState("");
  const redeem = useMutation({ mutationFn: () => call(redeemLink, { body: { token, password } }) });
  const trouble = usePasswordTrouble(redeem.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    redeem.mutate();
  };
  if (redeem.data)
    return (
      <Stack gap="sm">
        <p>{t("invitation.done", { login })}</p>
        <Button component={AppLink} to="/sign-in" size="md" fullWidth>
          {t("signIn.go")}
        </Button>
      </Stack>
    );
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <p>{t("invitation.text", { name: displayName, login })}</p>
        <PasswordInput
          name="password"
          label={t("invitation.password")}
          description={t("invitation.note")}
          value={password}
          error={trouble}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          size="md"
          autoFocus
          visibilityToggleButtonProps={{ "aria-label": t("signIn.show"), tabIndex: 0 }}
        />
        {redeem.error && trouble === null && <Gone error={redeem.error} />}
        <Button type="submit" size="md" fullWidth disabled={password.length < PASSWORD_MIN} loading={redeem.isPending}>
          {t("invitation.go")}
        </Button>
      </Stack>
    </form>
  );
}
