import { Button, Checkbox, Group, NumberInput, Stack, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { askForKey, KEY_DAYS_MAX, type KeyScope, listKeys } from "../../../server/governance/keys/contract.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import classes from "../people.module.css";
import { Refusal } from "../refusal.tsx";
import { useScopeWords } from "./scope-words.ts";

const PURPOSE_MIN = 10;

/** What a program is to do, from where, for how long; the key itself is shown once, here. */
export function KeyForm({ scopes, onClose }: { scopes: readonly KeyScope[]; onClose: () => void }) {
  const { t } = useTranslation("people");
  const { t: ui } = useTranslation("ui");
  const words = useScopeWords();
  const [purpose, setPurpose] = useState("");
  const [chosen, setChosen] = useState<string[]>([]);
  const [ranges, setRanges] = useState("");
  const [days, setDays] = useState<number | string>(90);
  const [rowsPerDay, setRowsPerDay] = useState<number | string>(1000);
  const ask = useAction(askForKey, { refreshes: [listKeys] });
  const ipRanges = ranges.split(/[\s,]+/).filter((range) => range !== "");
  const ready =
    purpose.trim().length >= PURPOSE_MIN &&
    chosen.length > 0 &&
    ipRanges.length > 0 &&
    typeof days === "number" &&
    typeof rowsPerDay === "number";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    ask.mutate({ body: { purpose: purpose.trim(), scopes: chosen as KeyScope[], ipRanges, days, rowsPerDay } });
  };
  if (ask.data !== undefined) return <KeyShown value={ask.data.key} onClose={onClose} />;
  const wrongRange = isProblem(ask.error, "invalid_input");
  return (
    <Surface title={t("keys.add")}>
      <form onSubmit={submit}>
        <Stack gap="md" maw={560}>
          <Textarea
            label={t("keys.purpose")}
            description={t("keys.purposeNote")}
            value={purpose}
            dir="auto"
            autosize
            onChange={(event) => setPurpose(event.currentTarget.value)}
          />
          <Checkbox.Group label={t("keys.scopes")} description={t("keys.scopesNote")} value={chosen} onChange={setChosen}>
            <Stack gap={6} mt="xs">
              {scopes.map((scope) => (
                <Checkbox key={scope} value={scope} label={words(scope)} />
              ))}
            </Stack>
          </Checkbox.Group>
          <TextInput
            label={t("keys.ranges")}
            description={t("keys.rangesNote")}
            placeholder="192.0.2.10, 198.51.100.0/24"
            value={ranges}
            dir="ltr"
            error={wrongRange ? t("keys.rangesWrong") : null}
            onChange={(event) => setRanges(event.currentTarget.value)}
          />
          <NumberInput label={t("keys.days")} value={days} min={1} max={KEY_DAYS_MAX} allowDecimal={false} onChange={setDays} />
          <NumberInput
            label={t("keys.rowsPerDay")}
            value={rowsPerDay}
            min={0}
            max={100_000_000}
            allowDecimal={false}
            onChange={setRowsPerDay}
          />
          {!wrongRange && <Refusal error={ask.error} />}
          <Group gap="xs">
            <Button type="submit" disabled={!ready} loading={ask.isPending}>
              {t("keys.make")}
            </Button>
            <Button variant="default" onClick={onClose}>
              {ui("dialog.cancel")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Surface>
  );
}

function KeyShown({ value, onClose }: { value: string; onClose: () => void }) {
  const { t } = useTranslation("people");
  return (
    <Surface title={t("keys.shown")}>
      <Stack gap="sm">
        <p className={classes.quiet}>{t("keys.shownNote")}</p>
        <output>
          <code className={classes.link} dir="ltr">
            {value}
          </code>{" "}
          <CopyButton value={value} what={t("keys.what")} />
        </output>
        <Group>
          <Button variant="default" onClick={onClose}>
            {t("keys.kept")}
          </Button>
        </Group>
      </Stack>
    </Surface>
  );
}
