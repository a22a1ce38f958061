import { Button, Menu } from "@mantine/core";
import { DownloadIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnyEndpoint, CallInput } from "../ui/api.ts";
import { download } from "../ui/download.ts";
import { useErrorWords } from "../ui/error-words.ts";
import { notify } from "../ui/notify.tsx";
import { isProblem } from "../ui/problem.ts";
import { useCan } from "../ui/viewer.tsx";

interface ExportMenuProps<E extends AnyEndpoint> {
  endpoint: E;
  inputOf: (format: "csv" | "xlsx") => CallInput<E>;
}

/** What the screen shows, as a file; it counts in the person's budget of rows, and more is asked for at /budget. */
export function ExportMenu<E extends AnyEndpoint>({ endpoint, inputOf }: ExportMenuProps<E>) {
  const { t } = useTranslation("customers");
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  if (!useCan("customer:export")) return null;
  const take = async (format: "csv" | "xlsx") => {
    setBusy(true);
    try {
      await download(endpoint, inputOf(format));
    } catch (error) {
      const { title, text } = words(error);
      const message = isProblem(error, "limit_reached") ? t("export.spent") : `${title} ${text}`;
      void notify({ tone: "bad", message });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<DownloadIcon size={14} />} loading={busy}>
          {t("export.export")}
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
