import type { ReportDefinition, ReportMeasure } from "./contract.ts";

/** A report that comes with the product. Its id never changes: dashboards and mails name it. Its words are `reports:builtIn.<key>`. */
export interface BuiltInReport {
  readonly key: string;
  readonly reportId: string;
  readonly definition: ReportDefinition;
}

const idOf = (place: number): string => `00000000-0000-7000-8000-0000000a${String(place).padStart(4, "0")}`;
const everybody = { match: "all", of: [] } as const;
const customers: ReportMeasure = { of: "customers", take: "count" };

function now(
  measures: ReportMeasure[],
  rows: string | null,
  columns: string | null = null,
  show: ReportDefinition["show"] = "bars",
): ReportDefinition {
  return { over: "now", measures, rows, columns, filter: { ...everybody, of: [] }, months: 12, compare: "none", show };
}

function months(measures: ReportMeasure[], show: ReportDefinition["show"], rows = "month"): ReportDefinition {
  return { over: "months", measures, rows, columns: null, filter: { ...everybody, of: [] }, months: 12, compare: "year_before", show };
}

const sum = (of: string): ReportMeasure => ({ of, take: "sum" });
const average = (of: string): ReportMeasure => ({ of, take: "average" });
const share = (of: string): ReportMeasure => ({ of, take: "share" });

/** In the order in which they are listed; a new one goes to the end. */
export const builtInReports: readonly BuiltInReport[] = (
  [
    ["customersByBranch", now([customers, share("customers"), sum("assets_minor"), sum("debts_minor")], "branch")],
    ["moneyByTier", now([customers, sum("assets_minor"), average("assets_minor"), sum("debts_minor")], "tier")],
    ["moneyByMonth", months([sum("in_minor"), sum("out_minor")], "bars")],
    ["newByMonth", months([sum("new_customers"), sum("opened_count"), sum("closed_count")], "bars")],
    ["profitByMonth", months([sum("profit_minor"), sum("economic_profit_minor")], "line")],
    ["profitBySegment", now([customers, sum("profit_minor"), average("profit_minor"), sum("lifetime_value_minor")], "segment")],
    ["volumesByMonth", months([sum("deposits_average_minor"), sum("lending_average_minor")], "line")],
    ["productsByAge", now([customers], "product", "age", "table")],
    ["leavingByTier", now([customers], "tier", "churn_band", "bars")],
    ["channelsByAge", now([customers, average("digital_share"), average("cash_share")], "age")],
    ["languages", now([customers, share("customers")], "language", "kind")],
    ["riskByBand", now([customers, sum("debts_minor"), sum("expected_loss_minor"), average("default_share")], "risk_band")],
    ["arrearsByBranch", now([{ of: "in_arrears", take: "count" }, share("in_arrears"), sum("debts_minor")], "branch")],
    ["fraudByBranch", now([sum("fraud_alerts_open"), average("fraud_score"), customers], "branch")],
    ["tenureByRegion", now([customers], "region", "tenure", "table")],
    ["cardsByMonth", months([sum("card_minor"), sum("cash_minor"), sum("digital_minor")], "line")],
  ] as const satisfies readonly (readonly [string, ReportDefinition])[]
).map(([key, definition], place) => ({ key, reportId: idOf(place + 1), definition }));

/** What people of each role begin with, as long as nobody settled it otherwise. */
const startOf: Readonly<Record<string, readonly string[]>> = {
  relationship_manager: ["moneyByTier", "leavingByTier", "moneyByMonth", "languages"],
  branch_manager: ["moneyByTier", "profitByMonth", "newByMonth", "leavingByTier", "arrearsByBranch"],
  analyst: ["customersByBranch", "profitByMonth", "volumesByMonth", "leavingByTier", "productsByAge"],
  marketing_manager: ["productsByAge", "leavingByTier", "channelsByAge", "newByMonth", "languages"],
  finance_manager: ["profitByMonth", "profitBySegment", "volumesByMonth", "customersByBranch"],
  risk_officer: ["riskByBand", "arrearsByBranch", "volumesByMonth", "customersByBranch"],
  fraud_analyst: ["fraudByBranch", "cardsByMonth"],
  data_scientist: ["channelsByAge", "leavingByTier", "tenureByRegion", "moneyByMonth"],
};

/** For roles the bank made itself. */
const startOfOthers = ["customersByBranch", "moneyByTier", "newByMonth"];

export function startOfRole(roleId: string): string[] {
  const keys = startOf[roleId] ?? startOfOthers;
  return builtInReports
    .filter(({ key }) => keys.includes(key))
    .sort((a, b) => keys.indexOf(a.key) - keys.indexOf(b.key))
    .map(({ reportId }) => reportId);
}
