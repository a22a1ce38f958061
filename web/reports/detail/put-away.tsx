import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { archiveReport, listReports, readDashboard } from "../../../server/intelligence/reports/contract.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useAction } from "../../ui/query.ts";

export function PutAway({ reportId, name }: { reportId: string; name: string }) {
  const { t } = useTranslation("reports");
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  const archive = useAction(archiveReport, { refreshes: [listReports, readDashboard], onDone: () => void navigate({ to: "/reports" }) });
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("archive.open")}
      </Button>
      <ConfirmDialog
        opened={opened}
        onClose={() => setOpened(false)}
        title={name}
        confirmLabel={t("archive.open")}
        busy={archive.isPending}
        error={archive.error}
        onConfirm={() => archive.mutate({ params: { reportId } } as never)}
      >
        {t("archive.text")}
      </ConfirmDialog>
    </>
  );
}
