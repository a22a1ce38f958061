import { Button, Select, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { listSeals, sealCustomer } from "../../../server/customers/seals/contract.ts";
import { listCompartments } from "../../../server/governance/walls/contract.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import classes from "../confidential.module.css";
import { ProblemNote } from "../problem-note.tsx";
import { isLongEnough, ReasonField } from "../reason-field.tsx";
import type { Compartment } from "./compartment.ts";

const REASON_MIN = 10;

/** Puts one customer, named by number, into a compartment. */
export function SealForm({ compartments, onDone }: { compartments: readonly Compartment[]; onDone: () => void }) {
  const { t } = useTranslation("confidential");
  const [customerNo, setCustomerNo] = useState("");
  const [compartment, setCompartment] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const seal = useAction(sealCustomer, {
    refreshes: [listSeals, listCompartments],
    onDone: () => {
      onDone();
      void notify({ tone: "good", message: t("seals.done") });
    },
  });
  const ready = customerNo.trim() !== "" && compartment !== null && isLongEnough(reason, REASON_MIN);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) seal.mutate({ body: { customerNo: customerNo.trim(), compartmentId: Number(compartment), reason: reason.trim() } });
      }}
    >
      <Stack gap="md">
        <p className={classes.note}>{t("seals.note")}</p>
        <TextInput
          label={t("customerNo")}
          placeholder="C-100001"
          dir="ltr"
          required
          value={customerNo}
          onChange={(event) => setCustomerNo(event.currentTarget.value)}
          maxLength={40}
        />
        <Select
          label={t("compartments.one")}
          data={compartments.map(({ compartmentId, kind, name }) => ({
            value: String(compartmentId),
            label: kind === "wall" ? name : t(`kinds.${kind}`),
          }))}
          value={compartment}
          onChange={setCompartment}
          required
        />
        <ReasonField label={t("reason")} min={REASON_MIN} value={reason} onValue={setReason} />
        <ProblemNote error={seal.error} />
        <Button type="submit" disabled={!ready} loading={seal.isPending}>
          {t("seals.seal")}
        </Button>
      </Stack>
    </form>
  );
}
