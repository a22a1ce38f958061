import { Anchor, Button, Skeleton } from "@mantine/core";
import { DownloadIcon, HistoryIcon, PlayIcon } from "@primer/octicons-react";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { downloadErrorFile, listLoads, readLoad, resumeLoad } from "../../../server/customers/intake/contract.ts";
import { addressOf } from "../../ui/api.ts";
import { AppLink } from "../../ui/app-link.tsx";
import { Bidi } from "../../ui/bidi.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { ErrorNote, ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { useFormat } from "../../ui/preferences.tsx";
import { useAction, useEndpoint } from "../../ui/query.ts";
import { Surface } from "../../ui/surface.tsx";
import { useCan } from "../../ui/viewer.tsx";
import { WideTable } from "../../ui/wide-table.tsx";
import { isolate } from "../isolate.ts";
import { isMoving, LoadProgress, type ShownLoad, useLiveLoad } from "./live.tsx";
import { ProblemDetail } from "./problem-detail.tsx";
import classes from "./report.module.css";
import { Alarm, Report } from "./report.tsx";
import { ReverseDialog } from "./reverse-dialog.tsx";
import { StateBadge } from "./state-badge.tsx";

export function LoadPage() {
  const { loadId = "" } = useParams({ strict: false }) as { loadId?: string };
  const load = useEndpoint(readLoad, { params: { loadId } });
  useLiveLoad(load.data);
  if (load.error) return <ErrorState error={load.error} retry={() => void load.refetch()} />;
  if (!load.data) return <Skeleton height={480} radius="md" />;
  return <LoadView load={load.data} />;
}

function LoadView({ load }: { load: ShownLoad }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  return (
    <>
      <PageHeader
        title={t("load.title", { number: format.number(load.loadNo), source: isolate(load.sourceName) })}
        path={[{ label: t("loads.title"), to: "/loads" }]}
        note={<Facts load={load} />}
        actions={<Actions load={load} />}
      />
      <div className={classes.stack}>
        {isMoving(load.state) && (
          <Surface title={t(load.state === "reversing" ? "load.reversing" : `phases.${load.phase}`)}>
            <LoadProgress load={load} />
            {load.progress?.file && (
              <p className={`num ${classes.quiet}`}>
                {t("load.fileOf", {
                  file: isolate(load.progress.file),
                  no: format.number(load.progress.fileNo),
                  files: format.number(load.progress.files),
                })}
              </p>
            )}
          </Surface>
        )}
        {load.state === "failed" && <Failure load={load} />}
        {load.state === "reversed" && (
          <Alarm tone="calm" title={t("load.reversedTitle")}>
            {load.failure && <Why failure={load.failure} loadNo={load.loadNo} />}
            {load.reversedAt && <DateText value={load.reversedAt} time />} · <Bidi>{load.reversedBy ?? ""}</Bidi>
          </Alarm>
        )}
        {load.report && <Report report={load.report} loadId={load.loadId} />}
        <Files load={load} />
      </div>
    </>
  );
}

function Facts({ load }: { load: ShownLoad }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  return (
    <span className="num">
      <StateBadge state={load.state} /> <DateText value={load.startedAt} time /> · <Bidi>{load.startedBy}</Bidi> ·{" "}
      <Anchor component={AppLink} size="sm" underline="always" to="/mappings/$mappingId" params={{ mappingId: load.mappingId } as never}>
        {t("load.mapping", { name: isolate(load.mappingName), version: format.number(load.mappingVersion) })}
      </Anchor>
      {load.correctsLoadNo !== null && ` · ${t("load.corrects", { number: format.number(load.correctsLoadNo) })}`}
    </span>
  );
}

function Actions({ load }: { load: ShownLoad }) {
  const { t } = useTranslation("intake");
  const mayReverse = useCan("load:reverse");
  const [asking, setAsking] = useState(false);
  return (
    <>
      {load.report && (
        <Button variant="default" className="no-print" onClick={() => window.print()}>
          {t("load.print")}
        </Button>
      )}
      {mayReverse && (load.state === "done" || load.state === "failed") && (
        <Button variant="default" className="no-print" leftSection={<HistoryIcon size={14} />} onClick={() => setAsking(true)}>
          {t("reverse.button")}
        </Button>
      )}
      <ReverseDialog load={load} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}

/** Why it stopped, what stands, and the way on. */
function Failure({ load }: { load: ShownLoad }) {
  const { t } = useTranslation("intake");
  const mayRun = useCan("load:run");
  const resume = useAction(resumeLoad, { refreshes: [readLoad, listLoads] });
  return (
    <>
      <Alarm title={t("load.failedTitle")}>
        {load.failure && <Why failure={load.failure} loadNo={load.loadNo} />}
        <p>{t("load.failedText")}</p>
        {mayRun && (
          <Button
            className="no-print"
            size="compact-md"
            mt="xs"
            leftSection={<PlayIcon size={14} />}
            loading={resume.isPending}
            onClick={() => resume.mutate({ params: { loadId: load.loadId } })}
          >
            {t("load.resume")}
          </Button>
        )}
      </Alarm>
      <ErrorNote error={resume.error} />
      <ProblemDetail error={resume.error} />
    </>
  );
}

function Why({ failure, loadNo }: { failure: NonNullable<ShownLoad["failure"]>; loadNo: number }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const file = typeof failure.detail?.file === "string" ? failure.detail.file : "";
  return (
    <p>
      {file !== "" && (
        <>
          <strong>
            <bdi>{file}</bdi>
          </strong>
          {": "}
        </>
      )}
      {t(`failures.${failure.reason}`, { number: format.number(loadNo) })}
    </p>
  );
}

/** The files with what makes them unmistakable: size and hash. Their open rows can be taken home, corrected and loaded again. */
function Files({ load }: { load: ShownLoad }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const mayRead = useCan("quarantine:read");
  return (
    <Surface title={t("files.title")}>
      <WideTable label={t("files.title")} className={`num ${classes.table}`}>
        <thead>
          <tr>
            <th scope="col">{t("files.name")}</th>
            <th scope="col" className={classes.figure}>
              {t("files.size")}
            </th>
            <th scope="col">{t("files.hash")}</th>
            {load.quarantined > 0 && mayRead && <th scope="col">{t("files.errorFile")}</th>}
          </tr>
        </thead>
        <tbody>
          {load.files.map((file, fileNo) => (
            <tr key={`${file.part} ${file.name}`}>
              <th scope="row">
                <Bidi>{file.name}</Bidi>
              </th>
              <td className={classes.figure}>{format.bytes(file.bytes)}</td>
              <td>
                <span className={classes.hash} dir="ltr" title={file.sha256}>
                  {file.sha256.slice(0, 16)}…
                </span>
              </td>
              {load.quarantined > 0 && mayRead && (
                <td>
                  <Anchor size="sm" href={addressOf(downloadErrorFile, { params: { loadId: load.loadId }, query: { fileNo } })} download>
                    <DownloadIcon size={14} /> {t("files.download")}
                  </Anchor>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {load.correctsLoadNo !== null && <p className={classes.quiet}>{t("files.ofCorrection")}</p>}
    </Surface>
  );
}
