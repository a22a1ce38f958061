import { Button, Group, PasswordInput, Stack, Switch, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { readProvider, saveProvider } from "../../../server/governance/identity-provider/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { ProviderRefusal } from "./provider-refusal.tsx";

type Provider = AnswerOf<typeof readProvider>["provider"];

const empty = {
  name: "",
  issuer: "",
  clientId: "",
  linksByEmail: false,
  groupClaim: "",
  enabled: false,
  localSignIn: "everybody" as "everybody" | "emergency",
};

/** The secret is written and never read back: an empty field leaves it as it is. */
export function ProviderForm({ provider }: { provider: Provider }) {
  const { t } = useTranslation("people");
  const [draft, setDraft] = useState(() => (provider === null ? empty : { ...provider, groupClaim: provider.groupClaim ?? "" }));
  const [secret, setSecret] = useState("");
  const save = useAction(saveProvider, {
    refreshes: [readProvider],
    onDone: () => {
      setSecret("");
      void notify({ tone: "good", message: t("saved") });
    },
  });
  const put = (change: Partial<typeof empty>) => setDraft({ ...draft, ...change });
  const ready = draft.name.trim() !== "" && URL.canParse(draft.issuer) && draft.clientId.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const { name, issuer, clientId, linksByEmail, groupClaim, enabled, localSignIn } = draft;
    const plain = { name, issuer, clientId, linksByEmail, enabled, localSignIn: enabled ? localSignIn : ("everybody" as const) };
    const body = { ...plain, version: provider?.version ?? 0, groupClaim: groupClaim.trim() === "" ? null : groupClaim.trim() };
    save.mutate({ body: { ...body, ...(secret === "" ? {} : { clientSecret: secret }) } });
  };
  return (
    <Surface title={t("provider.settings")}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={t("provider.name")}
            description={t("provider.nameNote")}
            value={draft.name}
            dir="auto"
            onChange={(event) => put({ name: event.currentTarget.value })}
          />
          <TextInput
            label={t("provider.issuer")}
            description={t("provider.issuerNote")}
            placeholder="https://login.bank.example/realms/staff"
            value={draft.issuer}
            dir="ltr"
            onChange={(event) => put({ issuer: event.currentTarget.value.trim() })}
          />
          <TextInput
            label={t("provider.clientId")}
            value={draft.clientId}
            dir="ltr"
            onChange={(event) => put({ clientId: event.currentTarget.value })}
          />
          <PasswordInput
            label={t("provider.secret")}
            description={t(provider?.hasSecret ? "provider.secretKept" : "provider.secretNone")}
            value={secret}
            autoComplete="off"
            dir="ltr"
            visibilityToggleButtonProps={{ "aria-label": t("provider.showSecret"), tabIndex: 0 }}
            onChange={(event) => setSecret(event.currentTarget.value)}
          />
          <Switch
            label={t("provider.linksByEmail")}
            description={t("provider.linksByEmailNote")}
            checked={draft.linksByEmail}
            onChange={(event) => put({ linksByEmail: event.currentTarget.checked })}
          />
          <TextInput
            label={t("provider.groupClaim")}
            description={t("provider.groupClaimNote")}
            placeholder="groups"
            value={draft.groupClaim}
            dir="ltr"
            onChange={(event) => put({ groupClaim: event.currentTarget.value })}
          />
          <Switch
            label={t("provider.enabled")}
            description={t("provider.enabledNote")}
            disabled={provider === null || (provider.triedAt === null && !draft.enabled)}
            checked={draft.enabled}
            onChange={(event) => put({ enabled: event.currentTarget.checked })}
          />
          <Switch
            label={t("provider.onlyProvider")}
            description={t("provider.onlyProviderNote")}
            disabled={!draft.enabled}
            checked={draft.enabled && draft.localSignIn === "emergency"}
            onChange={(event) => put({ localSignIn: event.currentTarget.checked ? "emergency" : "everybody" })}
          />
          <ProviderRefusal error={save.error} />
          <Group>
            <Button type="submit" disabled={!ready} loading={save.isPending}>
              {t("save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Surface>
  );
}
