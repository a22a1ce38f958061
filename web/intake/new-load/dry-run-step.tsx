import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { dryRunLoad } from "../../../server/customers/intake/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorNote } from "../../ui/error-state.tsx";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { Surface } from "../../ui/surface.tsx";
import { ProblemDetail } from "../load/problem-detail.tsx";
import { Report } from "../load/report.tsx";
import classes from "./new-load.module.css";

interface DryRunStepProps {
  answer: AnswerOf<typeof dryRunLoad> | undefined;
  running: boolean;
  error: unknown;
  run: () => void;
}

/** What the load would do, before it does anything. */
export function DryRunStep({ answer, running, error, run }: DryRunStepProps) {
  const { t } = useTranslation("intake");
  if (running) {
    return (
      <Surface title={t("wizard.dryRunning")}>
        <ProgressBar label={t("wizard.dryRunning")} done={0} total={null} say={() => t("wizard.dryRunningText")} />
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
