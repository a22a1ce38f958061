import { z } from "zod";
import { Instant } from "../../platform/clock/contract.ts";
import { endpoint } from "../../platform/http/contract.ts";

const tag = "privacy";
const CustomerParams = z.strictObject({ customerId: z.uuid() });

export const AccessReport = z.object({
  reportId: z.uuid(),
  reason: z.string(),
  /** Ready reports expire after days the bank sets (`access_report_days`, 14); then their content is deleted. */
  state: z.enum(["ordered", "ready", "expired"]),
  rows: z.int().nullable(),
  askedByName: z.string().nullable(),
  askedAt: Instant,
  compiledAt: Instant.nullable(),
  expiresAt: Instant.nullable(),
});
export type AccessReport = z.infer<typeof AccessReport>;

export const orderAccessReport = endpoint({
  name: "orderAccessReport",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/access-reports",
  summary: "Have everything gathered that the bank knows of one customer, by the map of personal data",
  access: "privacy:report",
  params: CustomerParams,
  body: z.strictObject({ reason: z.string().trim().min(3).max(500) }),
  answer: z.object({ reportId: z.uuid() }),
  errors: ["not_found"],
});

export const REPORTS_MAX = 50;
export const listAccessReports = endpoint({
  name: "listAccessReports",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/access-reports",
  summary: "Reports that were made for a customer, newest first",
  access: "privacy:report",
  params: CustomerParams,
  answer: z.object({ reports: z.array(AccessReport).max(REPORTS_MAX) }),
});

export const downloadAccessReport = endpoint({
  name: "downloadAccessReport",
  tag,
  method: "GET",
  path: "/api/customers/:customerId/access-reports/:reportId/file",
  summary: "A report as a page to read and print, or as JSON to take elsewhere; what concerns others is masked",
  access: "privacy:report",
  params: CustomerParams.extend({ reportId: z.uuid() }),
  query: z.strictObject({ format: z.enum(["html", "json"]), locale: z.enum(["en", "ar", "fa", "zh", "es"]).default("en") }),
  answerKind: "file",
  errors: ["not_found", "invalid_state"],
});
