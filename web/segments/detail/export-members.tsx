import { Button } from "@mantine/core";
import { DownloadIcon } from "@primer/octicons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { exportMembers } from "../../../server/intelligence/segments/contract.ts";
import { download } from "../../ui/download.ts";
import { useErrorWords } from "../../ui/error-words.ts";
import { notify } from "../../ui/notify.tsx";
import { useCan } from "../../ui/viewer.tsx";

/** The members as a file; it counts in the person's budget of rows. */
export function ExportMembers({ segmentId }: { segmentId: string }) {
  const { t } = useTranslation("segments");
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  if (!useCan("customer:export")) return null;
  const take = async () => {
    setBusy(true);
    try {
      await download(exportMembers, { params: { segmentId }, body: { format: "xlsx" } } as never);
    } catch (error) {
      const { title, text } = words(error);
      void notify({ tone: "bad", message: `${title} ${text}` });
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button variant="default" leftSection={<DownloadIcon size={14} />} loading={busy} onClick={() => void take()}>
      {t("export.label")}
    </Button>
  );
}
