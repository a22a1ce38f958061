import { Button, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { listErasures, openErasure } from "../../../server/customers/erasure/contract.ts";
import { DateField } from "../../ui/date-picker/date-field.tsx";
import { toLatinDigits } from "../../ui/digits.ts";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { ProblemNote } from "../problem-note.tsx";

const today = () => new Date().toISOString().slice(0, 10);

/** A wish comes in: whose, when, and how the person showed who they are. */
export function OpenForm({ onDone }: { onDone: (erasureId: string) => void }) {
  const { t } = useTranslation("privacy");
  const [customerNo, setCustomerNo] = useState("");
  const [receivedOn, setReceivedOn] = useState<string | null>(today());
  const [evidence, setEvidence] = useState("");
  const open = useAction(openErasure, { refreshes: [listErasures], onDone: ({ erasureId }) => onDone(erasureId) });
  const ready = customerNo.trim() !== "" && receivedOn !== null && isReason(evidence);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (ready) open.mutate({ body: { customerNo: customerNo.trim(), receivedOn, evidence: evidence.trim() } });
  };
  return (
    <form onSubmit={send}>
      <Stack gap="md">
        <p>{t("requests.openNote")}</p>
        <TextInput
          label={t("requests.customerNo")}
          required
          className="num"
          value={customerNo}
          onChange={(event) => setCustomerNo(toLatinDigits(event.currentTarget.value))}
          data-autofocus
        />
        <DateField label={t("requests.receivedOn")} value={receivedOn} onValue={setReceivedOn} max={today()} />
        <ReasonField label={t("requests.evidence")} description={t("requests.evidenceNote")} value={evidence} onValue={setEvidence} />
        <ProblemNote error={open.error} />
        <Button type="submit" disabled={!ready} loading={open.isPending}>
          {t("requests.take")}
        </Button>
      </Stack>
    </form>
  );
}
