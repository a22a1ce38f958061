import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { listLoads, listQuarantine, readLoad, reverseLoad } from "../../../server/customers/intake/contract.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { isProblem } from "../../ui/problem.ts";
import { useAction } from "../../ui/query.ts";
import { isolate } from "../isolate.ts";
import type { ShownLoad } from "./live.tsx";
import { ProblemDetail } from "./problem-detail.tsx";
import classes from "./report.module.css";

interface ReverseDialogProps {
  load: ShownLoad;
  opened: boolean;
  onClose: () => void;
}

/** Says what reversing will do before it is done; when later loads stand on this one, names them. */
export function ReverseDialog({ load, opened, onClose }: ReverseDialogProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const reverse = useAction(reverseLoad, { refreshes: [readLoad, listLoads, listQuarantine], onDone: onClose });
  const counts = Object.values(load.report?.kinds ?? {});
  const sum = (of: "created" | "updated" | "linked") => format.number(counts.reduce((total, count) => total + count[of], 0));
  const close = () => {
    reverse.reset();
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      title={t("reverse.title", { number: format.number(load.loadNo), source: isolate(load.sourceName) })}
      confirmLabel={t("reverse.confirm")}
      onConfirm={() => reverse.mutate({ params: { loadId: load.loadId } })}
      busy={reverse.isPending}
      danger
      error={isProblem(reverse.error, "depends_on_this") ? null : reverse.error}
    >
      <Stack gap="xs">
        <ul className={classes.consequences}>
          <li>{t("reverse.created", { rows: sum("created") })}</li>
          <li>{t("reverse.updated", { rows: sum("updated") })}</li>
          <li>{t("reverse.linked", { rows: sum("linked") })}</li>
          <li>{t("reverse.quarantine", { rows: format.number(load.quarantined) })}</li>
        </ul>
        <p style={{ margin: 0 }}>{t("reverse.after")}</p>
        <ProblemDetail error={reverse.error} />
      </Stack>
    </ConfirmDialog>
  );
}
