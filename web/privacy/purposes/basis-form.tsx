import { Button, Group, Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { changeBasis, listPurposes } from "../../../server/customers/consents/contract.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import type { Purpose } from "../answers.ts";
import { ProblemNote } from "../problem-note.tsx";

export function BasisForm({ purpose, onDone }: { purpose: Purpose; onDone: () => void }) {
  const { t } = useTranslation("privacy");
  const [basis, setBasis] = useState(purpose.lawfulBasis);
  const [reason, setReason] = useState("");
  const change = useAction(changeBasis, {
    refreshes: [listPurposes],
    onDone: () => {
      void notify({ tone: "good", message: t("retention.asked") });
      onDone();
    },
  });
  return (
    <Stack gap="md">
      <p>{t("purposesPage.basisNote")}</p>
      <Radio.Group label={t("purposesPage.basis")} value={basis} onChange={(value) => setBasis(value as typeof basis)}>
        <Stack gap="xs" mt="xs">
          {purpose.bases.map((one) => (
            <Radio key={one} value={one} label={t(`bases.${one}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <ReasonField label={t("retention.why")} value={reason} onValue={setReason} />
      <ProblemNote error={change.error} />
      <Group>
        <Button
          disabled={basis === purpose.lawfulBasis || !isReason(reason)}
          loading={change.isPending}
          onClick={() =>
            change.mutate({
              params: { purpose: purpose.purpose },
              body: { lawfulBasis: basis, version: purpose.version, reason: reason.trim() },
            })
          }
        >
          {t("retention.ask")}
        </Button>
      </Group>
    </Stack>
  );
}
