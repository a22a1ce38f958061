import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { discardQuarantine, listLoads, listQuarantine, readLoad, restoreQuarantine } from "../../../server/customers/intake/contract.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { notify } from "../../ui/notify.tsx";
import { useAction } from "../../ui/query.ts";
import { useCan } from "../../ui/viewer.tsx";
import type { Row } from "./row.ts";

const refreshes = [listQuarantine, listLoads, readLoad];

/** Gives a row up, with a reason and a way back; of a discarded row, the way back. */
export function DiscardButton({ row, onDone }: { row: Row; onDone: () => void }) {
  const { t } = useTranslation("intake");
  const mayCorrect = useCan("quarantine:correct");
  const [asking, setAsking] = useState(false);
  const [why, setWhy] = useState("");
  const restore = useAction(restoreQuarantine, { refreshes });
  const takeBack = () => restore.mutate({ body: { quarantineIds: [row.quarantineId] } });
  const discard = useAction(discardQuarantine, {
    refreshes,
    onDone: () => {
      setAsking(false);
      onDone();
      void notify({ message: t("discard.done"), undo: { label: t("discard.undo"), run: takeBack } });
    },
  });
  if (!mayCorrect) return null;
  if (row.state === "discarded") {
    return (
      <Button
        variant="default"
        loading={restore.isPending}
        onClick={() => restore.mutate({ body: { quarantineIds: [row.quarantineId] } }, { onSuccess: onDone })}
      >
        {t("discard.restore")}
      </Button>
    );
  }
  if (row.state !== "open" && row.state !== "waiting") return null;
  const send = () =>
    discard.mutate({
      body: { rows: [{ quarantineId: row.quarantineId, version: row.version }], ...(why.trim() === "" ? {} : { why: why.trim() }) },
    });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t("discard.button")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t("discard.title")}
        confirmLabel={t("discard.confirm")}
        onConfirm={send}
        busy={discard.isPending}
        error={discard.error}
      >
        <p style={{ marginBlockStart: 0 }}>{t("discard.text")}</p>
        <TextInput label={t("discard.why")} value={why} maxLength={500} onChange={(event) => setWhy(event.currentTarget.value)} />
      </ConfirmDialog>
    </>
  );
}
