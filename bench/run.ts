// npm run bench -- import|view|search|list|first-page|identity|learning|audit|value|fraud|decisions|facts|segments|reports [--customers 10000] [--home folder] [--seconds 20] [--rate 100] [--copies 1]
import { parseArgs } from "node:util";
import { benchAudit } from "./audit.ts";
import { decisionCases } from "./decisions.ts";
import { benchFacts } from "./facts.ts";
import { benchFirstPage } from "./first-page.ts";
import { benchFraud } from "./fraud.ts";
import { filledHome, grownHome } from "./home.ts";
import { benchIdentity } from "./identity.ts";
import { benchImport } from "./import.ts";
import { benchLearning } from "./learning.ts";
import { listCases } from "./list.ts";
import { benchProfit } from "./profit.ts";
import { benchReports } from "./reports.ts";
import { benchRequests } from "./requests.ts";
import { searchCases } from "./search.ts";
import { benchSegments } from "./segments.ts";
import { machine } from "./table.ts";
import { benchValue } from "./value.ts";
import { pageCases, viewCases } from "./view.ts";

const work = { view: [viewCases, pageCases], search: [searchCases], list: [listCases], decisions: [decisionCases] } as const;

const usage = `npm run bench -- import|view|search|list|first-page|identity|learning|audit|value|fraud|decisions|facts|segments|reports [options]
  --customers <number>  size of the bank: 10000 (default), 100000, 1000000
  --home <folder>       scratch VINCULO_HOME; default /tmp/vinculo-bench-<customers>; kept for the next run
  --seconds <number>    how long each kind of request is sent; default 20
  --rate <number>       requests a second; default 100 for the view, 20 for searches, 10 for lists, 500 for decisions
  --only <text>         the kinds of request whose name holds it
  --source core         import: only this source
  --records <number>    identity: records of five sources; audit: rows of the trail; default 10000
  --payments <number>   fraud: about that many simulated payments; default 620000; --rate then is payments a second, default 500
  --copies <number>     view, search, list, facts: import customers/copies and write that many copies of it; default 1`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    customers: { type: "string", default: "10000" },
    home: { type: "string" },
    seconds: { type: "string", default: "20" },
    only: { type: "string", default: "" },
    rate: { type: "string" },
    source: { type: "string" },
    copies: { type: "string", default: "1" },
    records: { type: "string", default: "10000" },
    payments: { type: "string", default: "620000" },
  },
});
const what = positionals[0] ?? "";
const customers = Number(values.customers);
const copies = Number(values.copies);
const records = Number(values.records);
const payments = Number(values.payments);
const seconds = Number(values.seconds);
const perSecond = values.rate === undefined ? null : Number(values.rate);
const home = values.home ?? `/tmp/vinculo-bench-${customers}`;
const fits = [customers, copies, records, payments, seconds, perSecond ?? 1].every((number) => Number.isInteger(number) && number >= 1);
/** Work that fills no bank first. */
const apart: Readonly<Record<string, () => unknown>> = {
  import: () => benchImport(home, customers, values.source),
  identity: () => benchIdentity(values.home ?? "/tmp/vinculo-bench-identity", records),
  learning: () => benchLearning(),
  "first-page": () => benchFirstPage(home, customers),
  audit: () => benchAudit(values.home ?? "/tmp/vinculo-bench-audit", customers, records, seconds),
  value: async () => {
    benchValue(customers);
    await benchProfit(home, customers);
  },
  facts: () => benchFacts(values.home ?? `/tmp/vinculo-bench-facts-${customers}`, customers, copies),
  reports: () => benchReports(values.home ?? "/tmp/vinculo-bench-segments", customers),
  segments: () => benchSegments(values.home ?? "/tmp/vinculo-bench-segments", customers),
  fraud: () => benchFraud(payments, seconds, perSecond ?? 500),
};
if (!(Object.hasOwn(apart, what) || Object.hasOwn(work, what)) || !fits || customers % copies !== 0) {
  console.error(usage);
  process.exit(2);
}
console.log(machine());
if (Object.hasOwn(apart, what)) {
  await apart[what]?.();
} else {
  const filled =
    copies === 1 ? await filledHome(home, customers) : await grownHome(home, customers, copies, what === "view" ? "whole" : "lists");
  const size = `${filled.customers.toLocaleString("en")}${filled.copies > 1 ? ` (${filled.copies} copies)` : ""}`;
  for (const cases of work[what as keyof typeof work]) await benchRequests({ home, size, seconds, perSecond, only: values.only, cases });
}
