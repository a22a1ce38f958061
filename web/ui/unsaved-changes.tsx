import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "./confirm-dialog.tsx";

/** Asks before a page with changes that are not saved is left, by a link, by Back or by closing the tab. */
export function UnsavedChangesGuard({ when }: { when: boolean }) {
  const { t } = useTranslation("ui");
  const blocker = useBlocker({ shouldBlockFn: () => when, enableBeforeUnload: () => when, withResolver: true });
  if (blocker.status !== "blocked") return null;
  return (
    <ConfirmDialog
      opened
      onClose={blocker.reset}
      title={t("unsaved.title")}
      confirmLabel={t("unsaved.leave")}
      onConfirm={blocker.proceed}
      danger
    >
      {t("unsaved.text")}
    </ConfirmDialog>
  );
}
