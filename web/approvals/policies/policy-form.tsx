import { Button, Group, NumberInput, Stack, Switch, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { changeApprovalPolicy, listApprovalPolicies, listApprovals } from "../../../server/governance/approvals/contract.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import classes from "../approvals.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { type LevelDraft, LevelFields } from "./level-fields.tsx";
import type { Policy } from "./policy.ts";

const LEVELS_MAX = 5;

/** The wish to change a policy: somebody else who rules over approvals agrees to it. */
export function PolicyForm({ policy, onDone }: { policy: Policy; onDone: () => void }) {
  const { t } = useTranslation("approvals");
  const [levels, setLevels] = useState<LevelDraft[]>(policy.levels.map((level, place) => ({ ...level, key: place })));
  const [currency, setCurrency] = useState(policy.currency ?? "");
  const [deputies, setDeputies] = useState(policy.deputies);
  const [escalate, setEscalate] = useState<number | string>(policy.escalateAfterHours ?? "");
  const [expire, setExpire] = useState<number | string>(policy.expireAfterHours);
  const [reason, setReason] = useState("");
  const change = useAction(changeApprovalPolicy, {
    refreshes: [listApprovalPolicies, listApprovals],
    onDone: () => {
      void notify({ tone: "good", message: t("policies.asked") });
      onDone();
    },
  });
  const ready = isReason(reason) && levels.every((level) => level.duties.length > 0) && Number(expire) >= 1;
  const put = (key: number, part: Partial<LevelDraft>) =>
    setLevels((all) => all.map((level) => (level.key === key ? { ...level, ...part } : level)));
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    change.mutate({
      params: { action: policy.action },
      body: {
        version: policy.version,
        currency: currency === "" ? null : currency,
        deputies,
        escalateAfterHours: escalate === "" ? null : Number(escalate),
        expireAfterHours: Number(expire),
        levels: levels.map(({ key: _, ...level }) => level),
        reason: reason.trim(),
      },
    });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <p className={classes.note}>{t("policies.formNote")}</p>
        <ol className={classes.levels}>
          {levels.map((level, place) => (
            <LevelFields
              key={level.key}
              level={level}
              place={place}
              last={place === levels.length - 1}
              currency={currency || "EUR"}
              approversMin={policy.approversMin}
              onLevel={(part) => put(level.key, part)}
              onRemove={levels.length > 1 ? () => setLevels((all) => all.filter(({ key }) => key !== level.key)) : null}
            />
          ))}
        </ol>
        {levels.length < LEVELS_MAX && (
          <Button
            variant="default"
            onClick={() =>
              setLevels((all) => [
                ...all,
                {
                  key: Math.max(...all.map(({ key }) => key)) + 1,
                  duties: [],
                  amountMaxMinor: null,
                  approvers: Math.max(1, policy.approversMin),
                },
              ])
            }
          >
            {t("policies.addLevel")}
          </Button>
        )}
        {levels.length > 1 && (
          <TextInput
            label={t("policies.currency")}
            maxLength={3}
            value={currency}
            onChange={(event) => setCurrency(event.currentTarget.value.toUpperCase())}
          />
        )}
        <NumberInput
          label={t("policies.escalate")}
          description={t("policies.escalateNote")}
          min={1}
          max={400}
          value={escalate}
          onChange={setEscalate}
        />
        <NumberInput label={t("policies.expire")} min={1} max={8760} required value={expire} onChange={setExpire} />
        <Switch label={t("policies.deputies")} checked={deputies} onChange={(event) => setDeputies(event.currentTarget.checked)} />
        <ReasonField label={t("policies.reason")} value={reason} onValue={setReason} />
        <ProblemNote error={change.error} />
        <Group>
          <Button type="submit" disabled={!ready} loading={change.isPending}>
            {t("policies.ask")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
