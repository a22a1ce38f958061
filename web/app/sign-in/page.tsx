import { Button, NativeSelect, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { enrolTotp, readWelcome, type Session, signIn } from "../../../server/governance/access/contract.ts";
import { ErrorNote } from "../../ui/error-state.tsx";
import { defaultPreferences, type Locale, languageNames, locales } from "../../ui/languages.ts";
import { usePreferences } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { TotpSeed } from "../../ui/totp-seed.tsx";
import { finishLeaving, isLeaving } from "../leaving.ts";
import { safeNextPath } from "../next-path.ts";
import { keepSession } from "../require-session.ts";
import { Mark } from "../shell/mark.tsx";
import { DemoPeople } from "./demo-people.tsx";
import { PasskeyButton } from "./passkey-button.tsx";
import { ProviderButton } from "./provider-button.tsx";
import classes from "./sign-in.module.css";

/** Where recovery codes are made, after a first second factor. */
const OWN_ACCOUNT = "/account";

export function SignInPage() {
  const { t } = useTranslation("app");
  const welcome = useEndpoint(readWelcome, {});
  const { login, setLogin, password, setPassword, code, setCode, codeWanted, seed, enter, entered, action, next } = useSignIn();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    enter(login, password);
  };
  useEffect(() => {
    document.title = `${t("signIn.title")} · Vinculo`;
  }, [t]);
  useEffect(() => {
    if (isLeaving()) finishLeaving().catch(() => undefined); // signing in ends it as well
  }, []);
  const demo = welcome.data?.demoPeople ?? [];
  const provider = welcome.data?.provider ?? null;
  const byProvider = welcome.data?.localSignIn === "emergency";
  const [emergency, setEmergency] = useState(false);
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <Mark size={28} /> Vinculo
        </span>
        <LanguageSelect />
      </header>
      <main className={classes.main} data-demo={demo.length > 0 || undefined}>
        <section className={classes.form} aria-labelledby="sign-in-title">
          <h1 id="sign-in-title" className={classes.bank}>
            <bdi>{welcome.data?.bankName ?? "\u00a0"}</bdi>
          </h1>
          <p className={classes.lead}>{t("signIn.lead")}</p>
          {provider !== null && (
            <Stack gap="sm" mb="md">
              <ProviderButton name={provider.name} next={next} primary={byProvider} />
              {byProvider && !emergency && (
                <Button variant="subtle" size="sm" onClick={() => setEmergency(true)}>
                  {t("signIn.emergency")}
                </Button>
              )}
            </Stack>
          )}
          <form onSubmit={submit} hidden={byProvider && !emergency}>
            <Stack gap="sm">
              <TextInput
                name="login"
                label={t("signIn.login")}
                value={login}
                onChange={(event) => setLogin(event.currentTarget.value)}
                autoComplete="username"
                dir="auto"
                size="md"
                required
                withAsterisk={false}
                autoFocus
              />
              <PasswordInput
                name="password"
                label={t("signIn.password")}
                value={password}
                onChange={(event) => setPassword(event.currentTarget.value)}
                autoComplete="current-password"
                size="md"
                required
                withAsterisk={false}
                visibilityToggleButtonProps={{ "aria-label": t("signIn.show"), tabIndex: 0 }}
              />
              {seed && (
                <>
                  <p>{t("signIn.enrol", { bank: welcome.data?.bankName })}</p>
                  <TotpSeed {...seed} />
                </>
              )}
              {codeWanted && (
                <TextInput
                  name="code"
                  label={t(seed ? "signIn.firstCode" : "signIn.code")}
                  description={seed ? null : t("signIn.codeNote")}
                  value={code}
                  onChange={(event) => setCode(event.currentTarget.value)}
                  autoComplete="one-time-code"
                  dir="ltr"
                  size="md"
                  autoFocus
                />
              )}
              <ErrorNote error={(codeWanted && code === "" ? null : action.error) ?? welcome.error} />
              <Button type="submit" size="md" fullWidth loading={action.isPending}>
                {t("signIn.go")}
              </Button>
              <PasskeyButton onEntered={entered} />
            </Stack>
          </form>
        </section>
        {demo.length > 0 && (
          <DemoPeople
            people={demo}
            busyLogin={action.isPending ? login : null}
            onChoose={(person) => enter(person, welcome.data?.demoPassword ?? "")}
          />
        )}
      </main>
    </div>
  );
}

function useSignIn() {
  const router = useRouter();
  const client = useQueryClient();
  const search = useSearch({ strict: false }) as { next?: unknown };
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [codeWanted, setCodeWanted] = useState(false);
  const next = safeNextPath(search.next);
  const entered = (session: Session) => {
    keepSession(client, session);
    router.history.push(enrol.data === undefined ? next : OWN_ACCOUNT);
  };
  const enrol = useAction(enrolTotp, { onDone: () => setCodeWanted(true) });
  const action = useAction(signIn, { onDone: entered });
  const missing = isProblem(action.error, "second_factor_needed") ? action.error : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer that something is missing, for what was sent with it.
  useEffect(() => {
    if (missing?.detail.enrol === true) enrol.mutate({ body: { login, password } });
    else if (missing !== null) setCodeWanted(true);
  }, [missing]);
  const enter = (name: string, secret: string) => {
    setLogin(name);
    setPassword(secret);
    action.mutate({ body: { login: name, password: secret, ...(code.trim() === "" ? {} : { code: code.trim() }) } });
  };
  return { login, setLogin, password, setPassword, code, setCode, codeWanted, seed: enrol.data ?? null, enter, entered, action, next };
}

function LanguageSelect() {
  const { t } = useTranslation("app");
  const { preferences, change } = usePreferences();
  const choose = (locale: Locale) => void change({ locale, calendar: defaultPreferences([locale]).calendar });
  return (
    <NativeSelect
      aria-label={t("signIn.language")}
      w={140}
      data={locales.map((locale) => ({ value: locale, label: languageNames[locale] }))}
      value={preferences.locale}
      onChange={(event) => choose(event.currentTarget.value as Locale)}
    />
  );
}
