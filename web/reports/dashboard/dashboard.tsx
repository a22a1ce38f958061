import { Button, Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readDashboard, readReportChoices } from "../../../server/intelligence/reports/contract.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import waiting from "../adding-up.module.css";
import { AddingUp } from "../adding-up.tsx";
import type { Choices, Report } from "../answers.ts";
import { Figures } from "../figures/figures.tsx";
import { ResultProblem } from "../result-problem.tsx";
import { useResult } from "../use-result.ts";
import { useReportWords } from "../words.ts";
import { Arrange } from "./arrange.tsx";
import classes from "./dashboard.module.css";

/** The reports one begins with, each as its chart. */
export function Dashboard() {
  const { t } = useTranslation("reports");
  const [arranging, setArranging] = useState(false);
  const board = useEndpoint(readDashboard, {});
  const choices = useEndpoint(readReportChoices, {}, { staleMs: 300_000 });
  const error = board.error ?? choices.error;
  if (error) return <ErrorState error={error} retry={() => void board.refetch()} />;
  if (board.data === undefined || choices.data === undefined) return <Skeleton height={420} />;
  const { reports } = board.data;
  return (
    <>
      <div className={classes.head}>
        <span className={classes.quiet}>{t(board.data.own ? "dashboard.own" : "dashboard.ofRole")}</span>
        <Button size="xs" variant="default" onClick={() => setArranging(true)}>
          {t("dashboard.arrange")}
        </Button>
      </div>
      {reports.length === 0 ? (
        <EmptyState reason="data" title={t("dashboard.none")} text={t("dashboard.noneText")} />
      ) : (
        <div className={classes.board}>
          {reports.map((report) => (
            <Card key={report.reportId} report={report} choices={choices.data} />
          ))}
        </div>
      )}
      {arranging && <Arrange board={board.data} onClose={() => setArranging(false)} />}
    </>
  );
}

function Card({ report, choices }: { report: Report; choices: Choices }) {
  const { t } = useTranslation("reports");
  const words = useReportWords(choices);
  const result = useResult(report.definition);
  const name = words.report(report);
  return (
    <Surface
      title={<bdi>{name}</bdi>}
      aside={
        <AppLink to="/reports/$reportId" params={{ reportId: report.reportId } as never} aria-label={t("dashboard.openOne", { name })}>
          {t("dashboard.open")}
        </AppLink>
      }
    >
      <ResultProblem error={result.error} />
      {result.data === undefined ? (
        !result.error && (
          <div className={waiting.place}>
            <AddingUp />
            <Skeleton height={200} />
          </div>
        )
      ) : (
        <Figures definition={report.definition} result={result.data} choices={choices} short />
      )}
    </Surface>
  );
}
