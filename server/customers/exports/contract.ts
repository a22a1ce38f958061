import { z } from "zod";
import { endpoint } from "../../platform/http/contract.ts";
import { CustomerSort, Filter } from "../directory/contract.ts";
import { TransactionFilter } from "../holdings/contract.ts";
import { CustomerParams } from "../overview/contract.ts";

const tag = "exports";

export const ExportFormat = z.enum(["csv", "xlsx"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** A workbook is made whole before it is sent. More is not refused for its size alone elsewhere: the budget of rows is the control. */
export const EXPORT_ROWS_MAX = { csv: 200_000, xlsx: 20_000 } as const satisfies Record<ExportFormat, number>;

export const exportCustomers = endpoint({
  name: "exportCustomers",
  tag,
  method: "POST",
  path: "/api/customers/export",
  summary: "The customers of a list as a file; counts in the budget of rows, and is refused whole when that is spent",
  access: "customer:export",
  body: z.strictObject({
    format: ExportFormat,
    filter: Filter.optional(),
    sort: CustomerSort.default("name"),
    direction: z.enum(["ascending", "descending"]).default("ascending"),
  }),
  answerKind: "file",
  errors: ["limit_reached", "step_up_needed", "too_large"],
});

export const exportTransactions = endpoint({
  name: "exportTransactions",
  tag,
  method: "POST",
  path: "/api/customers/:customerId/transactions/export",
  summary: "Transactions of one customer as a file, newest first; counts in the budget of rows",
  access: "customer:export",
  params: CustomerParams,
  body: z.strictObject({ format: ExportFormat, filter: TransactionFilter.optional() }),
  answerKind: "file",
  errors: ["limit_reached", "step_up_needed", "not_found", "too_large"],
});
