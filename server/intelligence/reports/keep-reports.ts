import { readNames } from "../../governance/access/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { factCurrency, readAsOf } from "../facts/index.ts";
import { checkSegments, keysOf, namesOfSegments, permissionsOf, segmentsIn } from "../segments/index.ts";
import { builtInReports } from "./built-in-reports.ts";
import { REPORTS_MAX, ReportDefinition, type ReportSummary } from "./contract.ts";
import { dimensionsFor, toChoice as toDimensionChoice } from "./dimensions.ts";
import { measuresFor, toChoice } from "./measures.ts";
import * as store from "./report-store.ts";
import { checkDefinition } from "./run-report.ts";

/** What a report of the caller can be made of. */
export async function readChoices(tx: Tx, caller: Caller) {
  permit(caller, "report:read");
  return {
    measures: measuresFor(caller).map(toChoice),
    dimensions: [...dimensionsFor(caller).values()].map(toDimensionChoice),
    currency: await factCurrency(tx),
    asOf: await readAsOf(tx),
  };
}

/** Those that came with the product, one's own and the shared ones, without those that ask about what the caller may not see. */
export async function listReports(tx: Tx, caller: Caller): Promise<{ reports: ReportSummary[] }> {
  permit(caller, "report:read");
  const kept = await store.listReports(tx, REPORTS_MAX);
  const names = await readNames(
    tx,
    kept.map(({ ownerId }) => ownerId),
  );
  const summaries = kept.flatMap((row) => summaryOf(row, caller, names) ?? []);
  return { reports: [...builtIns(caller), ...(await withSegments(tx, summaries))] };
}

export const builtIns = (caller: Caller): ReportSummary[] =>
  builtInReports.filter(({ definition }) => mayAsk(caller, definition)).map(builtInSummary);

const builtInSummary = ({ key, reportId, definition }: (typeof builtInReports)[number]): ReportSummary => ({
  ...{ reportId, builtIn: key, name: key, note: null, ownerName: null, own: false, shared: true, version: 1, changedAt: null, definition },
});

/** What was kept is read as if it came from outside: by the contract, and with the choices of who looks. Otherwise the report is not there. */
function summaryOf(row: store.ReportRow, caller: Caller, names: ReadonlyMap<string, string>): ReportSummary | null {
  const definition = ReportDefinition.safeParse(row.definition);
  if (!definition.success || !mayAsk(caller, definition.data)) return null;
  const { reportId, name, note, ownerId, shared, version, changedAt } = row;
  return {
    ...{ reportId, builtIn: null, name, note, ownerName: names.get(ownerId) ?? null, own: ownerId === caller.userId, shared, version },
    changedAt: changedAt.toISOString(),
    definition: definition.data,
  };
}

/** Without those of others that ask about a segment which does not exist for the caller, or not any more. One's own stay, to be changed: what they count is refused. */
async function withSegments(tx: Tx, reports: readonly ReportSummary[]): Promise<ReportSummary[]> {
  const there = await namesOfSegments(
    tx,
    reports.map(({ definition }) => definition.filter),
  );
  return reports.filter(({ definition, own: isOwn }) => isOwn || segmentsIn(definition.filter).every((id) => there.has(id)));
}

function mayAsk(caller: Caller, definition: ReportDefinition): boolean {
  try {
    checkDefinition(caller, definition);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === "invalid_input") return false;
    throw error;
  }
}

/** Fails with not_allowed, not_found: also where it asks about what the caller may not see. */
export async function readReport(tx: Tx, caller: Caller, reportId: string): Promise<ReportSummary> {
  permit(caller, "report:read");
  const builtIn = builtIns(caller).find((one) => one.reportId === reportId);
  if (builtIn !== undefined) return builtIn;
  const row = await store.findReport(tx, reportId);
  const kept = row === null ? null : summaryOf(row, caller, await readNames(tx, [row.ownerId]));
  const [found] = kept === null ? [] : await withSegments(tx, [kept]);
  if (found === undefined) throw new DomainError("not_found", "there is no such report");
  return found;
}

export interface ReportWish {
  readonly name: string;
  readonly note: string | null;
  readonly shared: boolean;
  readonly definition: ReportDefinition;
}

/** Fails with not_allowed, invalid_input, limit_reached. */
export async function createReport(tx: Tx, caller: Caller, wish: ReportWish): Promise<{ reportId: string }> {
  permit(caller, "report:write");
  const draft = draftOf(caller, newId(), wish);
  await checkSegments(tx, wish.definition.filter);
  if ((await store.countOwn(tx, caller.userId)) >= REPORTS_MAX)
    throw new DomainError("limit_reached", "a person keeps so many reports", { detail: { limit: "reports" } });
  await store.insertReport(tx, draft, caller.userId);
  const { reportId } = draft;
  await record(tx, {
    caller,
    action: "report.created",
    subjectKind: "report",
    subjectIds: [reportId],
    query: wish.definition,
    detail: { shared: wish.shared },
  });
  return { reportId };
}

/** Fails with not_allowed, not_found, invalid_input, conflict (another version). */
export async function changeReport(
  tx: Tx,
  caller: Caller,
  reportId: string,
  wish: ReportWish & { readonly version: number },
): Promise<{ version: number }> {
  permit(caller, "report:write");
  await own(tx, caller, reportId);
  await checkSegments(tx, wish.definition.filter);
  if (!(await store.updateReport(tx, draftOf(caller, reportId, wish), wish.version, caller.userId)))
    throw new DomainError("conflict", "the report was changed meanwhile");
  await record(tx, {
    caller,
    action: "report.changed",
    subjectKind: "report",
    subjectIds: [reportId],
    query: wish.definition,
    detail: { shared: wish.shared },
  });
  return { version: wish.version + 1 };
}

/** Fails with not_allowed, not_found. */
export async function archiveReport(tx: Tx, caller: Caller, reportId: string): Promise<void> {
  permit(caller, "report:write");
  await own(tx, caller, reportId);
  await store.archiveReport(tx, reportId, caller.userId);
  await record(tx, { caller, action: "report.archived", subjectKind: "report", subjectIds: [reportId] });
}

async function own(tx: Tx, caller: Caller, reportId: string): Promise<void> {
  const report = await store.findReport(tx, reportId);
  if (report === null) throw new DomainError("not_found", "there is no such report");
  if (report.ownerId !== caller.userId) throw new DomainError("not_allowed", "a report is changed by its owner");
}

function draftOf(caller: Caller, reportId: string, { name, note, shared, definition }: ReportWish): store.ReportDraft {
  const { measures, axes } = checkDefinition(caller, definition);
  const asked = [...measures, axes.row, axes.column].flatMap((part) => part?.permission ?? []);
  return {
    reportId,
    name,
    note,
    shared,
    definition,
    permissions: [...new Set([...asked, ...permissionsOf(keysOf(definition.filter))])].sort(),
  };
}
