import { Button, Skeleton } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readReport, readReportChoices } from "../../../server/intelligence/reports/contract.ts";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import waiting from "../adding-up.module.css";
import { AddingUp } from "../adding-up.tsx";
import type { Choices, Definition, Place, Report, Result } from "../answers.ts";
import { Builder } from "../build/builder.tsx";
import { Figures } from "../figures/figures.tsx";
import { ResultProblem } from "../result-problem.tsx";
import { useResult } from "../use-result.ts";
import { useReportWords } from "../words.ts";
import { BehindPanel } from "./behind.tsx";
import classes from "./detail.module.css";
import { ExportButton } from "./export-button.tsx";
import { MailButton } from "./mail-button.tsx";
import { PutAway } from "./put-away.tsx";
import { SaveButton } from "./save-button.tsx";

const staleMs = 300_000;

/** One report: its figures of this moment, and for who writes reports what they are made of. */
export function ReportPage() {
  const { reportId } = useParams({ strict: false }) as { reportId: string };
  const report = useEndpoint(readReport, { params: { reportId } } as never);
  const choices = useEndpoint(readReportChoices, {}, { staleMs });
  const error = report.error ?? choices.error;
  if (error) return <ErrorState error={error} retry={() => void report.refetch()} />;
  if (report.data === undefined || choices.data === undefined) return <Skeleton height={420} />;
  return <Shown key={`${report.data.reportId} ${report.data.version}`} report={report.data} choices={choices.data} />;
}

const fresh: Definition = {
  ...{ over: "now", measures: [{ of: "customers", take: "count" }], rows: "branch", columns: null },
  ...{ filter: { match: "all", of: [] }, months: 12, compare: "none", show: "bars" },
};

export function NewReportPage() {
  const choices = useEndpoint(readReportChoices, {}, { staleMs });
  if (choices.error) return <ErrorState error={choices.error} retry={() => void choices.refetch()} />;
  if (choices.data === undefined) return <Skeleton height={420} />;
  return <Shown report={null} choices={choices.data} />;
}

function Shown({ report, choices }: { report: Report | null; choices: Choices }) {
  const { t } = useTranslation("reports");
  const navigate = useNavigate();
  const words = useReportWords(choices);
  const [definition, setDefinition] = useState<Definition>(report?.definition ?? fresh);
  const [building, setBuilding] = useState(report === null);
  const mayWrite = useCan("report:write");
  const result = useResult(definition);
  const title = report === null ? t("list.new") : words.report(report);
  const isChanged = report === null || JSON.stringify(definition) !== JSON.stringify(report.definition);
  const actions = (
    <>
      <ExportButton definition={definition} />
      {report !== null && !isChanged && <MailButton reportId={report.reportId} />}
      {!building && (
        <Button variant="default" onClick={() => setBuilding(true)}>
          {t("build.open")}
        </Button>
      )}
      {mayWrite && (building || isChanged) && (
        <SaveButton
          report={report}
          definition={definition}
          onSaved={(reportId) => void navigate({ to: "/reports/$reportId", params: { reportId } as never })}
        />
      )}
      {mayWrite && report?.own === true && !building && <PutAway reportId={report.reportId} name={report.name} />}
    </>
  );
  return (
    <div className={classes.page}>
      <PageHeader
        title={title}
        path={[{ label: t("list.title"), to: "/reports" }]}
        note={<Note report={report} result={result.data} />}
        actions={actions}
      />
      {building && (
        <Surface title={t("build.title")}>
          <Builder definition={definition} choices={choices} onChange={setDefinition} />
        </Surface>
      )}
      <ResultProblem error={result.error} />
      <div className={waiting.place} data-stale={result.isPlaceholderData || undefined}>
        {(result.isPending || result.isPlaceholderData) && <AddingUp />}
        {result.data === undefined ? (
          !result.error && <Skeleton height={320} />
        ) : (
          <Body definition={result.data.of} result={result.data} choices={choices} busy={result.isPlaceholderData} />
        )}
      </div>
    </div>
  );
}

function Note({ report, result }: { report: Report | null; result: Result | undefined }) {
  const { t } = useTranslation("reports");
  const format = useFormat();
  const asOf = result?.asOf == null ? null : t("result.asOf", { day: format.date(result.asOf) });
  const names = result?.segments ?? [];
  const segments = names.length === 0 ? null : t("result.segments", { names: format.list(names.map((name) => `\u2068${name}\u2069`)) });
  const parts = [report?.note, report?.ownerName, segments, asOf].filter((text) => text !== null && text !== undefined);
  return <>{parts.length === 0 ? "\u00a0" : parts.map((text) => `\u2068${text}\u2069`).join(" · ")}</>;
}

function Body({ definition, result, choices, busy }: { definition: Definition; result: Result; choices: Choices; busy: boolean }) {
  const [open, setOpen] = useState<{ place: Place; title: string } | null>(null);
  const maySee = useCan("customer:read");
  return (
    <Surface>
      <div className={busy ? classes.busy : undefined} aria-busy={busy || undefined}>
        <Figures
          definition={definition}
          result={result}
          choices={choices}
          onOpen={maySee ? (place, title) => setOpen({ place, title }) : undefined}
        />
      </div>
      <BehindPanel definition={definition} choices={choices} open={open} onClose={() => setOpen(null)} />
    </Surface>
  );
}
