import { Button, Group, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { decideApproval, listApprovals, readApproval } from "../../../server/governance/approvals/contract.ts";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { isReason, ReasonField } from "../../ui/reason-field.tsx";
import { ProblemNote } from "../problem-note.tsx";

/** Approving carries out exactly what is shown: its hash goes with the decision, and the proof is for it. */
export function DecideForm({ requestId, hash, onDone }: { requestId: string; hash: string; onDone: () => void }) {
  const { t } = useTranslation("approvals");
  const [note, setNote] = useState("");
  const decide = useAction(decideApproval, {
    refreshes: [listApprovals, readApproval],
    onDone: ({ state }) => {
      void notify({ tone: state === "changed" ? "bad" : "good", message: t(`outcomes.${state}`) });
      onDone();
    },
  });
  const ready = isReason(note);
  const deciding = decide.isPending ? decide.variables.body.approve : null;
  const send = (approve: boolean) => decide.mutate({ params: { requestId }, body: { approve, note: note.trim(), hash } });
  return (
    <Stack gap="sm">
      <ReasonField label={t("decisionNote")} value={note} onValue={setNote} />
      <ProblemNote error={decide.error} />
      <Group gap="xs">
        <Button disabled={!ready || decide.isPending} loading={deciding === true} onClick={() => send(true)}>
          {t("approve")}
        </Button>
        <Button variant="default" disabled={!ready || decide.isPending} loading={deciding === false} onClick={() => send(false)}>
          {t("refuse")}
        </Button>
      </Group>
    </Stack>
  );
}
