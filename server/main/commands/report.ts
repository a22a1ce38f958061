import type { LoadReport } from "../../customers/intake/index.ts";
import { printTable } from "./open.ts";

/** The reconciliation report as an operator reads it. Amounts are minor units, as in the file. */
export function printReport(loadId: string, report: LoadReport): void {
  console.log(
    `\nLoad ${loadId}, ${report.seconds.toFixed(1)} s${report.complete ? "" : "; only the beginning of the files was looked at"}\n`,
  );
  printTable(Object.entries(report.kinds).map(([kind, counts]) => ({ kind, ...counts })));
  if (report.controlTotals.length > 0) {
    console.log("\nControl totals, minor units");
    printTable(
      report.controlTotals.map(({ kind, currency, rows, fileMinor, quarantinedMinor, databaseMinor, differenceMinor }) => ({
        kind,
        currency,
        rows,
        file: fileMinor,
        quarantined: quarantinedMinor,
        database: databaseMinor,
        difference: differenceMinor,
      })),
    );
  }
  const { accounts, broken, breaks } = report.runningBalances;
  if (accounts > 0)
    console.log(`\nRunning balances: ${accounts - broken} of ${accounts} accounts follow from their amounts; ${broken} do not.`);
  if (breaks.length > 0) printTable(breaks.slice(0, BREAKS_SHOWN));
  if (breaks.length > BREAKS_SHOWN) console.log(`… the first ${BREAKS_SHOWN}; the load's page shows up to ${breaks.length}.`);
  const unmet = report.expectedTotals.filter(({ fits }) => !fits);
  if (unmet.length > 0) {
    console.log("\nThe sender's control totals do not fit:");
    printTable(unmet);
  }
  if (report.quarantineReasons.length > 0) {
    console.log("\nQuarantine");
    printTable(report.quarantineReasons);
  }
  const cards = Object.entries(report.cardCells ?? {}).map(([column, cells]) => `${column} (${cells})`);
  if (cards.length > 0) console.log(`\nCard numbers hidden but for their last four digits, in columns: ${cards.join(", ")}`);
  if (report.filesLeftOut.length > 0) console.log(`\nNot asked for by the mapping: ${report.filesLeftOut.join(", ")}`);
}

const BREAKS_SHOWN = 10;
