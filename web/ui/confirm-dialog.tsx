import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ErrorNote } from "./error-state.tsx";

interface ConfirmDialogProps {
  opened: boolean;
  onClose: () => void;
  /** The question, with the name of the thing. */
  title: string;
  /** What will happen and what cannot be taken back. */
  children: ReactNode;
  /** The verb: "Reverse the load", never "OK". */
  confirmLabel: string;
  onConfirm: () => void;
  busy?: boolean;
  danger?: boolean;
  error?: unknown;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation("ui");
  const { opened, onClose, title, children, confirmLabel, onConfirm, busy = false, danger = false, error } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("dialog.close") }}>
      <Stack gap="md">
        <div>{children}</div>
        <ErrorNote error={error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("dialog.cancel")}
          </Button>
          <Button {...(danger ? { color: "red.9" } : {})} loading={busy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
