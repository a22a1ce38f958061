import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { endDelegation, listDelegations } from "../../../server/governance/roles/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { DateText } from "../../ui/date-text.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { SidePanel } from "../../ui/side-panel.tsx";
import { StateMark } from "../../ui/state-mark.tsx";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { useRoleWords } from "../role-words.ts";
import { DeputyForm } from "./deputy-form.tsx";

type Delegation = AnswerOf<typeof listDelegations>["delegations"][number];

interface DeputiesProps {
  /** Of this person; without one, of the whole bank. */
  userId?: string;
  name?: string;
}

const tones = { holds: "good", later: "accent", over: "quiet", revoked: "quiet", idle: "warn" } as const;

/** Who stands in for whom. */
export function Deputies({ userId, name }: DeputiesProps) {
  const { t } = useTranslation("people");
  const [adding, setAdding] = useState(false);
  const list = useEndpoint(listDelegations, { query: userId === undefined ? {} : { userId } });
  const close = () => setAdding(false);
  const rows = list.data?.delegations ?? [];
  return (
    <Surface
      title={t("deputies.title")}
      aside={
        userId !== undefined && (
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {t("deputies.add")}
          </Button>
        )
      }
    >
      {rows.length === 0 && <p className={classes.quiet}>{t("deputies.none")}</p>}
      <ul className={classes.lines}>
        {rows.map((one) => (
          <DeputyLine key={one.delegationId} one={one} />
        ))}
      </ul>
      <Refusal error={list.error} />
      <SidePanel opened={adding} onClose={close} title={t("deputies.add")}>
        {adding && userId !== undefined && <DeputyForm fromUserId={userId} fromName={name ?? ""} onClose={close} />}
      </SidePanel>
    </Surface>
  );
}

function DeputyLine({ one }: { one: Delegation }) {
  const { t } = useTranslation("people");
  const words = useRoleWords();
  const end = useAction(endDelegation, { refreshes: [listDelegations] });
  const open = one.state === "holds" || one.state === "later" || one.state === "idle";
  return (
    <li>
      <div className={classes.words}>
        <bdi>{t("deputies.line", { to: one.toName, from: one.fromName })}</bdi>
        <p className={classes.quiet}>
          <bdi>{one.roles.map(words).join(", ")}</bdi> · <DateText value={one.validFrom} /> – <DateText value={one.validUntil} /> ·{" "}
          <bdi>{one.reason}</bdi>
        </p>
        <Refusal error={end.error} />
      </div>
      <StateMark tone={tones[one.state]}>{t(`deputies.states.${one.state}`)}</StateMark>
      {open && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="red.9"
          loading={end.isPending}
          aria-label={`${t("deputies.end")}: ${one.toName}`}
          onClick={() => end.mutate({ params: { delegationId: one.delegationId }, body: { version: one.version } })}
        >
          {t("deputies.end")}
        </Button>
      )}
    </li>
  );
}
