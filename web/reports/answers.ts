import type {
  listReportCustomers,
  listReports,
  ReportDefinition,
  ReportPlace,
  readReportChoices,
  runReport,
} from "../../server/intelligence/reports/contract.ts";
import type { AnswerOf } from "../ui/api.ts";

export type Definition = ReportDefinition;
export type Place = ReportPlace;
export type Choices = AnswerOf<typeof readReportChoices>;
export type MeasureChoice = Choices["measures"][number];
export type DimensionChoice = Choices["dimensions"][number];
export type Result = AnswerOf<typeof runReport>;
export type Figure = Result["figures"][number];
export type Group = Result["rows"][number];
export type Report = AnswerOf<typeof listReports>["reports"][number];
export type Behind = AnswerOf<typeof listReportCustomers>;
