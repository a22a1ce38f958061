import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EMERGENCY_ACCOUNTS_MAX, readProvider, saveEmergencyAccounts } from "../../../server/governance/identity-provider/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { ColleagueSelect } from "../colleague-select.tsx";
import classes from "../people.module.css";
import { ProviderRefusal } from "./provider-refusal.tsx";

/** Who still gets in when the provider is down. */
export function EmergencyPart({ accounts }: { accounts: AnswerOf<typeof readProvider>["emergencyAccounts"] }) {
  const { t } = useTranslation("people");
  const [chosen, setChosen] = useState<string | null>(null);
  const save = useAction(saveEmergencyAccounts, {
    refreshes: [readProvider],
    onDone: () => {
      setChosen(null);
      void notify({ tone: "good", message: t("saved") });
    },
  });
  const ids = accounts.map(({ userId }) => userId);
  return (
    <Surface title={t("provider.emergency")}>
      <Stack gap="sm">
        <p className={classes.quiet}>{t("provider.emergencyNote")}</p>
        <ul className={classes.lines}>
          {accounts.map(({ userId, displayName, hasPassword }) => (
            <li key={userId}>
              <div className={classes.words}>
                <bdi>{displayName}</bdi>
                {!hasPassword && <p className={classes.refused}>{t("ways.noPassword")}</p>}
              </div>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red.9"
                aria-label={`${t("own.remove")}: ${displayName}`}
                onClick={() => save.mutate({ body: { userIds: ids.filter((id) => id !== userId) } })}
              >
                {t("own.remove")}
              </Button>
            </li>
          ))}
        </ul>
        {accounts.length < EMERGENCY_ACCOUNTS_MAX && (
          <Group gap="xs" align="end">
            <ColleagueSelect label={t("provider.emergencyWho")} value={chosen} onValue={setChosen} />
            <Button
              variant="default"
              disabled={chosen === null || ids.includes(chosen)}
              loading={save.isPending}
              onClick={() => chosen !== null && save.mutate({ body: { userIds: [...ids, chosen] } })}
            >
              {t("provider.emergencyAdd")}
            </Button>
          </Group>
        )}
        <ProviderRefusal error={save.error} />
      </Stack>
    </Surface>
  );
}
