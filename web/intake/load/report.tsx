import { AlertIcon } from "@primer/octicons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/preferences.tsx";
import { StatCard, StatRow } from "../../ui/stat-card.tsx";
import { Holdings } from "./holdings.tsx";
import type { ShownReport } from "./live.tsx";
import { type ExampleRow, Reasons } from "./reasons.tsx";
import classes from "./report.module.css";
import { River } from "./river.tsx";
import { ControlTotals, ExpectedTotals, isExplained, RunningBalances } from "./totals.tsx";

/** Most rows a dry run reads: server/customers/intake, dryRunLoad. */
const dryRunRows = 200_000;

interface ReportProps {
  report: ShownReport;
  loadId: string | null;
  examples?: readonly ExampleRow[];
}

/** What became of a delivery, or in a dry run what would become of it. */
export function Report({ report, loadId, examples = [] }: ReportProps) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  return (
    <div className={classes.stack}>
      <Figures report={report} />
      {!report.complete && (
        <Alarm tone="warn" title={t("report.partTitle")}>
          {t("report.partText", { rows: format.number(dryRunRows) })}
        </Alarm>
      )}
      {report.filesLeftOut.length > 0 && (
        <Alarm tone="warn" title={t("report.leftOutTitle")}>
          <bdi>{format.list(report.filesLeftOut)}</bdi>
        </Alarm>
      )}
      {Object.keys(report.cardCells ?? {}).length > 0 && (
        <Alarm tone="warn" title={t("report.cardsTitle")}>
          {t("report.cardsText", {
            columns: format.list(
              Object.entries(report.cardCells ?? {}).map(([column, cells]) => `\u2068${column}\u2069 (${format.number(cells)})`),
            ),
          })}
        </Alarm>
      )}
      <River kinds={report.kinds} dryRun={report.dryRun} />
      <Holdings holdings={report.holdings ?? {}} />
      <ControlTotals totals={report.controlTotals} />
      <Reasons groups={report.quarantineReasons} loadId={loadId} examples={examples} />
      <ExpectedTotals totals={report.expectedTotals} />
      <RunningBalances balances={report.runningBalances} />
    </div>
  );
}

function Figures({ report }: { report: ShownReport }) {
  const { t } = useTranslation("intake");
  const format = useFormat();
  const { read, quarantined } = readOf(report);
  const differ = report.controlTotals.some((total) => total.differenceMinor !== "0");
  return (
    <StatRow>
      <StatCard
        label={t("report.accepted")}
        value={format.number(read - quarantined)}
        note={t("report.ofRead", { read: format.number(read), share: format.percent(read === 0 ? 0 : (read - quarantined) / read) })}
      />
      <StatCard
        label={t("report.quarantined")}
        value={format.number(quarantined)}
        tone={quarantined > 0 ? "bad" : "plain"}
        note={t(quarantined > 0 ? "report.quarantinedNote" : "report.quarantinedNone")}
      />
      <StatCard
        label={t("report.totals")}
        value={t(report.controlTotals.length === 0 ? "report.noMoney" : differ ? "report.differ" : "report.agree")}
        tone={differ ? "bad" : report.controlTotals.length === 0 ? "plain" : "good"}
        note={<Announced totals={report.expectedTotals} />}
      />
      <StatCard
        label={t("report.time")}
        value={format.duration(report.seconds * 1000, "narrow")}
        note={t("report.rate", { rate: format.number(Math.round(read / Math.max(report.seconds, 0.001))) })}
      />
    </StatRow>
  );
}

function Announced({ totals }: { totals: ShownReport["expectedTotals"] }) {
  const { t } = useTranslation("intake");
  const unmet = totals.filter((total) => !total.fits);
  if (unmet.length > 0 && unmet.every(isExplained)) return t("report.announcedExplained");
  if (unmet.length > 0) return <strong className={classes.wrongNote}>{t("report.announcedDiffer")}</strong>;
  return t(totals.length > 0 ? "report.announcedFit" : "report.announcedNone");
}

export function readOf(report: ShownReport): { read: number; quarantined: number } {
  const counts = Object.values(report.kinds);
  return {
    read: counts.reduce((sum, of) => sum + of.read, 0),
    quarantined: counts.reduce((sum, of) => sum + of.quarantined, 0),
  };
}

interface AlarmProps {
  tone?: "bad" | "warn" | "calm";
  title: ReactNode;
  children?: ReactNode;
}

export function Alarm({ tone = "bad", title, children }: AlarmProps) {
  return (
    <div className={classes.alarm} data-tone={tone} role={tone === "bad" ? "alert" : undefined}>
      <AlertIcon size={16} />
      <div>
        <p>
          <strong>{title}</strong>
        </p>
        {children !== undefined && <div>{children}</div>}
      </div>
    </div>
  );
}
