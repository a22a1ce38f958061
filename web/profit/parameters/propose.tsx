import { Button, Select, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listParameters, proposeParameters } from "../../../server/intelligence/profit/parameters/contract.ts";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { ProfitProblem } from "../problem.tsx";
import classes from "../profit.module.css";

const REASON_MIN = 10;
const MONTHS_BACK = 12;
const MONTHS_AHEAD = 12;

/** First days of the months a version may hold from. */
function firstDays(now: Date): string[] {
  return Array.from({ length: MONTHS_BACK + MONTHS_AHEAD + 1 }, (_, at) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS_BACK + at, 1)).toISOString().slice(0, 10),
  );
}

interface ProposeProps {
  yaml: string;
  onCancel: () => void;
  onProposed: (versionNo: number) => void;
}

/** A new version, written from the figures of another. */
export function Propose({ yaml, onCancel, onProposed }: ProposeProps) {
  const { t } = useTranslation("profit");
  const format = useFormat();
  const [text, setText] = useState(yaml);
  const [reason, setReason] = useState("");
  const [days] = useState(() => firstDays(new Date()));
  const [validFrom, setValidFrom] = useState(days[MONTHS_BACK] ?? "");
  const propose = useAction(proposeParameters, { refreshes: [listParameters], onDone: ({ versionNo }) => onProposed(versionNo) });
  const ready = isReason(reason, REASON_MIN) && text !== yaml;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) propose.mutate({ body: { validFrom, reason: reason.trim(), yaml: text } });
      }}
    >
      <Stack gap="sm">
        <Select
          label={t("parameters.holds")}
          allowDeselect={false}
          data={days.map((value) => ({ value, label: format.date(value, "month") }))}
          value={validFrom}
          onChange={(value) => setValidFrom(value ?? validFrom)}
        />
        <Textarea
          label={t("parameters.figures")}
          description={t("parameters.figuresNote")}
          autosize
          minRows={12}
          maxRows={28}
          maxLength={100_000}
          dir="ltr"
          spellCheck={false}
          styles={{ input: { fontFamily: "monospace", fontSize: 12 } }}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <ReasonField label={t("parameters.why")} description={t("parameters.whyNote")} value={reason} onValue={setReason} />
        <ProfitProblem error={propose.error} />
        <div className={classes.actions}>
          <Button variant="default" onClick={onCancel}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={!ready} loading={propose.isPending}>
            {t("parameters.propose")}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
