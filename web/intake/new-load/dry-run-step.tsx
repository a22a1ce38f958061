import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { Surface } from "../../ui/surface.tsx";
import { ProblemDetail } from "../load/problem-detail.tsx";
import { Report } from "../load/report.tsx";
import classes from "./new-load.module.css";
import type { DryRun, DryRunProgress } from "./use-dry-run.ts";

interface DryRunStepProps {
  dryRun: DryRun;
  run: () => void;
}

/** What the load would do, before it does anything. */
export function DryRunStep({ dryRun: { answer, running, progress, error }, run }: DryRunStepProps) {
  const { t } = useTranslation("intake");
  if (running) {
    return (
      <Surface title={t("wizard.dryRunning")}>
        <Running progress={progress} />
      </Surface>
    );
  }
  return (
    <div className={classes.stack}>
      {Boolean(error) && (
        <>
          <ErrorNote error={error} />
          <ProblemDetail error={error} />
        </>
      )}
      {answer ? (
        <Report report={answer.report} loadId={null} examples={answer.quarantined} />
      ) : (
        <Surface>
          <EmptyState
            reason="data"
            compact
            title={t("wizard.notTried")}
            text={t("wizard.notTriedText")}
            action={<Button onClick={run}>{t("wizard.dryRun")}</Button>}
          />
        </Surface>
      )}
    </div>
  );
}

/** Bytes tell how far it is: of a long delivery only the beginning is looked at, and that is then the whole. */
function Running({ progress }: { progress: DryRunProgress | null }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const label = t("wizard.dryRunning");
  if (progress === null || progress.bytes === 0)
    return <ProgressBar label={label} done={0} total={null} say={() => t("wizard.dryRunningText")} />;
  return (
    <>
      <ProgressBar label={label} done={progress.bytes} total={progress.ofBytes} say={(bytes) => format.bytes(bytes)} />
      <p className={classes.running}>
        {t("wizard.dryRunningText")} · <span className="num">{t("load.rowsSoFar", { rows: format.number(progress.rows) })}</span>
      </p>
    </>
  );
}
