import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { readAsOf } from "../facts/index.ts";
import { checkSegments } from "../segments/index.ts";
import { BEHIND_PAGE_ROWS, type ReportDefinition, type ReportPlace } from "./contract.ts";
import { listBehind } from "./figure-store.ts";
import { askOf, checkDefinition } from "./run-report.ts";

export interface BehindWish {
  readonly definition: ReportDefinition;
  readonly place: ReportPlace;
  readonly after?: { readonly value: string; readonly customerId: string } | undefined;
}

/** The customers a number was made of, page by page. Fails with not_allowed, invalid_input, limit_reached. */
export async function listReportCustomers(tx: Tx, caller: Caller, clock: Clock, { definition, place, after }: BehindWish) {
  permit(caller, "report:read");
  permit(caller, "customer:read");
  checkDefinition(caller, definition);
  await checkSegments(tx, definition.filter);
  const asOf = await readAsOf(tx);
  if (asOf === null) return { customers: [], next: null };
  const { asked, axes } = await askOf(tx, caller, clock, { definition, asOf });
  const used = { row: place.row === undefined ? null : axes.row, column: place.column === undefined ? null : axes.column };
  const rows = await listBehind(
    tx,
    asked,
    used,
    { row: place.row, column: place.column },
    { after: after ?? null, rows: BEHIND_PAGE_ROWS + 1 },
  );
  const page = rows.slice(0, BEHIND_PAGE_ROWS);
  const subjectIds = page.map(({ customerId }) => customerId);
  await record(tx, { caller, action: "report.customers_listed", subjectKind: "customer", subjectIds, query: { definition, place } });
  const last = page.at(-1);
  return {
    customers: page.map(({ first: _, ...customer }) => customer),
    next: rows.length > page.length && last !== undefined ? { value: last.first, customerId: last.customerId } : null,
  };
}
