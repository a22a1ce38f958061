import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { beginTotp, confirmTotp, readAccount } from "../../../server/governance/account/contract.ts";
import { useAction } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { TotpSeed } from "../../ui/totp-seed.tsx";
import { Refusal } from "../refusal.tsx";

/** Shows the seed as a picture and as text, and takes the app's first code as proof that it has it. */
export function AddTotp({ onCodes }: { onCodes: (codes: readonly string[]) => void }) {
  const { t } = useTranslation("people");
  const begin = useAction(beginTotp);
  const [code, setCode] = useState("");
  const confirm = useAction(confirmTotp, {
    refreshes: [readAccount],
    onDone: ({ recoveryCodes }) => {
      begin.reset();
      setCode("");
      onCodes(recoveryCodes);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    confirm.mutate({ body: { code: code.trim() } });
  };
  return (
    <>
      <Button size="compact-sm" variant="default" loading={begin.isPending} onClick={() => begin.mutate({})}>
        {t("own.addTotp")}
      </Button>
      <Refusal error={begin.error} />
      <SidePanel opened={begin.data !== undefined} onClose={() => begin.reset()} title={t("own.addTotp")}>
        {begin.data !== undefined && (
          <form onSubmit={submit}>
            <Stack gap="md">
              <TotpSeed {...begin.data} />
              <TextInput
                label={t("own.firstCode")}
                value={code}
                dir="ltr"
                inputMode="numeric"
                autoComplete="one-time-code"
                onChange={(event) => setCode(event.currentTarget.value)}
              />
              <Refusal error={confirm.error} />
              <Group justify="flex-end">
                <Button type="submit" disabled={!/^\d{6}$/.test(code.trim())} loading={confirm.isPending}>
                  {t("own.confirm")}
                </Button>
              </Group>
            </Stack>
          </form>
        )}
      </SidePanel>
    </>
  );
}
