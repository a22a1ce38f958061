import { Button, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { moveThresholds, readMatchingQuality } from "../../../server/customers/identity/contract.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useAction } from "../../ui/query.ts";
import { usePoints } from "../words.ts";

interface MoveThresholdsProps {
  joinBits: number;
  doubtBits: number;
  /** The job runs; another model will be in force when it is done. */
  onStarted: () => void;
}

/** Puts the thresholds that were tried into force, after saying what that does. */
export function MoveThresholds({ joinBits, doubtBits, onStarted }: MoveThresholdsProps) {
  const { t } = useTranslation("identity");
  const points = usePoints();
  const [asked, setAsked] = useState(false);
  const move = useAction(moveThresholds, {
    refreshes: [readMatchingQuality],
    onDone: () => {
      setAsked(false);
      onStarted();
    },
  });
  const close = () => {
    move.reset();
    setAsked(false);
  };
  return (
    <>
      <Button variant="default" mt="sm" onClick={() => setAsked(true)}>
        {t("move.button")}
      </Button>
      <ConfirmDialog
        opened={asked}
        onClose={close}
        title={t("move.title")}
        confirmLabel={t("move.button")}
        onConfirm={() => move.mutate({ body: { joinBits, doubtBits } })}
        busy={move.isPending}
        error={move.error}
      >
        <Stack gap="xs">
          <span>{t("confidence.tried", { doubt: points(doubtBits), join: points(joinBits) })}</span>
          <span>{t("learn.customers")}</span>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
