import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  type ContactPurpose,
  contactPurposes,
  lawfulBases,
  readConsents,
  recordConsent,
  waysObtained,
} from "../../server/customers/consents/contract.ts";
import { DateField } from "../ui/date-picker/date-field.tsx";
import { ErrorNote } from "../ui/error-state.tsx";
import { languageNames, locales } from "../ui/languages.ts";
import { notify } from "../ui/notify.tsx";
import { useAction } from "../ui/query.ts";
import type { CustomerRecord } from "./answers.ts";
import { Pick } from "./pick.tsx";
import classes from "./privacy.module.css";
import { type Saying, useSaying } from "./use-saying.ts";

interface RecordFormProps {
  customerId: string;
  records: readonly CustomerRecord[];
  purpose: ContactPurpose | null;
  onClose: () => void;
}

/** Withdrawing takes as many steps as giving: GDPR 7(3). */
export function RecordForm({ customerId, records, purpose, onClose }: RecordFormProps) {
  const { t } = useTranslation("privacy");
  const { t: ui } = useTranslation("ui");
  const only = records.length === 1 ? (records[0]?.partyId ?? null) : null;
  const saying = useSaying({ purpose: purpose ?? "marketing", partyId: only });
  const save = useAction(recordConsent, {
    refreshes: [readConsents],
    onDone: () => {
      onClose();
      void notify({ tone: "good", message: t("record.done") });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (saying.body !== null) save.mutate({ params: { customerId }, body: saying.body });
      }}
    >
      <Stack gap="md">
        <WhatFields saying={saying} />
        {records.length > 1 && (
          <Pick
            label={t("record.on")}
            description={t("record.onNote")}
            values={records.map((one) => one.partyId)}
            value={saying.typed.partyId}
            name={(one) => recordName(records, one)}
            onValue={(partyId) => saying.onTyped({ partyId })}
          />
        )}
        <EvidenceFields saying={saying} />
        {save.error !== null && <ErrorNote error={save.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {ui("dialog.cancel")}
          </Button>
          <Button type="submit" disabled={saying.body === null} loading={save.isPending}>
            {t("record.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function recordName(records: readonly CustomerRecord[], partyId: string): string {
  const found = records.find((one) => one.partyId === partyId);
  return found === undefined ? "" : `${found.sourceName} · ${found.fullName}`;
}

function WhatFields({ saying: { typed, onTyped, acts, channels, agreed } }: { saying: Saying }) {
  const { t } = useTranslation("privacy");
  return (
    <>
      <Pick
        label={t("record.purpose")}
        values={contactPurposes}
        value={typed.purpose}
        name={(one) => t(`purposes.${one}`)}
        onValue={(purpose) => onTyped({ purpose })}
      />
      <Pick label={t("record.act")} values={acts} value={typed.act} name={(one) => t(`acts.${one}`)} onValue={(act) => onTyped({ act })} />
      {channels.length > 1 && (
        <Pick
          label={t("record.channel")}
          values={channels}
          value={typed.channel}
          name={(one) => t(`channels.${one}`)}
          onValue={(channel) => onTyped({ channel })}
        />
      )}
      {typed.act === "basis" && (
        <Pick
          label={t("record.basis")}
          values={lawfulBases}
          value={typed.basis}
          name={(one) => t(`bases.${one}`)}
          onValue={(basis) => onTyped({ basis })}
        />
      )}
      {typed.act === "given" && (
        <Pick
          label={t("record.language")}
          values={locales}
          value={typed.locale}
          name={(one) => languageNames[one]}
          onValue={(locale) => locale !== null && onTyped({ locale })}
        />
      )}
      {agreed !== null && (
        <blockquote className={classes.words} lang={agreed.locale} dir="auto">
          {agreed.body}
        </blockquote>
      )}
    </>
  );
}

function EvidenceFields({ saying: { typed, onTyped } }: { saying: Saying }) {
  const { t } = useTranslation("privacy");
  return (
    <>
      <Pick
        label={t("record.obtained")}
        values={waysObtained}
        value={typed.obtainedBy}
        name={(one) => t(`obtained.${one}`)}
        onValue={(obtainedBy) => onTyped({ obtainedBy })}
      />
      <DateField
        label={t("record.day")}
        description={t("record.dayNote")}
        value={typed.day}
        onValue={(day) => onTyped({ day })}
        max={new Date().toISOString().slice(0, 10)}
      />
      <TextInput
        label={t("record.reference")}
        description={t("record.referenceNote")}
        maxLength={200}
        dir="auto"
        value={typed.reference}
        onChange={(event) => onTyped({ reference: event.currentTarget.value })}
      />
      <Textarea
        label={t("record.note")}
        autosize
        minRows={2}
        maxLength={1000}
        dir="auto"
        value={typed.note}
        onChange={(event) => onTyped({ note: event.currentTarget.value })}
      />
    </>
  );
}
