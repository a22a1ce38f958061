import { Button, Group, NumberInput, Radio, Skeleton, Stack } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { readSessionLimits, saveSessionLimits } from "../../../server/governance/access/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { notify } from "../../ui/notify.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";

type Limits = AnswerOf<typeof readSessionLimits>;

/** When sessions end, and whether a password alone lets anybody in. */
export function SettingsPage() {
  const { t } = useTranslation("people");
  const limits = useEndpoint(readSessionLimits, {});
  if (limits.error) return <ErrorState error={limits.error} retry={() => void limits.refetch()} />;
  return (
    <div className={classes.stack}>
      <PageHeader title={t("limits.title")} note={t("limits.note")} />
      <Surface>{limits.data ? <LimitsForm limits={limits.data} /> : <Skeleton height={200} />}</Surface>
    </div>
  );
}

/** Their order on the form, and the most each may be. */
const bounds = { idleMinutes: 60, absoluteHours: 24, perPersonMax: 20 } as const;

function LimitsForm({ limits }: { limits: Limits }) {
  const { t } = useTranslation("people");
  const [draft, setDraft] = useState<Record<keyof Limits, number | string>>({ ...limits });
  const factors = ["offered", "required"] as const;
  const save = useAction(saveSessionLimits, {
    refreshes: [readSessionLimits],
    onDone: () => void notify({ tone: "good", message: t("saved") }),
  });
  const names = Object.keys(bounds) as (keyof typeof bounds)[];
  const ready = names.every((name) => typeof draft[name] === "number");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) save.mutate({ body: draft as Limits });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={360}>
        {names.map((name) => (
          <NumberInput
            key={name}
            label={t(`limits.${name}`)}
            value={draft[name]}
            min={1}
            max={bounds[name]}
            allowDecimal={false}
            onChange={(value) => setDraft({ ...draft, [name]: value })}
          />
        ))}
        <Radio.Group
          label={t("limits.secondFactor")}
          value={`${draft.secondFactor}`}
          onChange={(secondFactor) => setDraft({ ...draft, secondFactor })}
        >
          <Stack gap="xs" mt="xs">
            {factors.map((one) => (
              <Radio key={one} value={one} label={t(`limits.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Refusal error={save.error} />
        <Group>
          <Button type="submit" disabled={!ready} loading={save.isPending}>
            {t("save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
