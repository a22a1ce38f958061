import { Button, Menu } from "@mantine/core";
import { DownloadIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { exportReport } from "../../../server/intelligence/reports/contract.ts";
import { download } from "../../ui/download.ts";
import { useErrorWords } from "../../ui/error-words.ts";
import { notify } from "../../ui/notify.tsx";
import { useCan } from "../../ui/viewer.tsx";
import type { Definition } from "../answers.ts";

/** The figures as a file; its lines count in the person's budget of rows. */
export function ExportButton({ definition }: { definition: Definition }) {
  const { t } = useTranslation("reports");
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  if (!useCan("customer:export")) return null;
  const take = async (format: "csv" | "xlsx") => {
    setBusy(true);
    try {
      await download(exportReport, { body: { definition, format } } as never);
    } catch (error) {
      const { title, text } = words(error);
      void notify({ tone: "bad", message: `${title} ${text}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<DownloadIcon size={14} />} loading={busy}>
          {t("export.open")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("export.note")}</Menu.Label>
        <Menu.Item onClick={() => void take("xlsx")}>{t("export.xlsx")}</Menu.Item>
        <Menu.Item onClick={() => void take("csv")}>{t("export.csv")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
