import { readReach } from "../../customers/directory/index.ts";
import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import { dayOf, listGrants } from "../../governance/roles/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { startOfRole } from "./built-in-reports.ts";
import { DASHBOARD_MAX } from "./contract.ts";
import { listReports } from "./keep-reports.ts";
import { dropDashboard as drop, readDashboards, saveDashboard as save } from "./report-store.ts";

/** The reports one begins with: one's own choice, or those of one's roles in their order; only those one may see. */
export async function readDashboard(tx: Tx, caller: Caller, clock: Clock) {
  permit(caller, "report:read");
  const grants = await listGrants(tx, caller.userId, dayOf(clock.now()));
  const roleIds = [...new Set(grants.flatMap(({ roleId, state }) => (state === "holds" ? [roleId] : [])))];
  const { own, byRole } = await readDashboards(tx, caller.userId, roleIds);
  const ofRoles = roleIds.flatMap((roleId) => byRole.get(roleId) ?? startOfRole(roleId));
  const { reports } = await listReports(tx, caller);
  const wanted = [...new Set(own ?? ofRoles)].slice(0, DASHBOARD_MAX);
  return {
    own: own !== null,
    reports: wanted.flatMap((reportId) => reports.find((report) => report.reportId === reportId) ?? []),
    roles: (await maySettle(tx, caller)) ? roleIds : [],
  };
}

async function maySettle(tx: Tx, caller: Caller): Promise<boolean> {
  return caller.permissions.has("report:write") && (await readReach(tx)).wholeBank;
}

/** Fails with not_allowed, not_found (a report that is not there for the caller; for a role, one that is not shared). */
export async function saveDashboard(
  tx: Tx,
  caller: Caller,
  wish: { readonly roleId: string | null; readonly reportIds: readonly string[] },
): Promise<void> {
  permit(caller, "report:read");
  const { roleId } = wish;
  if (roleId !== null && !(await maySettle(tx, caller)))
    throw new DomainError("not_allowed", "what a role begins with is for who reaches the whole bank");
  const reportIds = [...new Set(wish.reportIds)];
  const { reports } = await listReports(tx, caller);
  const known = new Set(reports.filter(({ shared }) => roleId === null || shared).map(({ reportId }) => reportId));
  if (!reportIds.every((reportId) => known.has(reportId))) throw new DomainError("not_found", "there is no such report");
  await save(tx, { ownerId: roleId === null ? caller.userId : null, roleId }, reportIds, caller.userId);
  await record(tx, { caller, action: "dashboard.saved", subjectKind: "dashboard", detail: { roleId, reports: reportIds.length } });
}

export async function dropDashboard(tx: Tx, caller: Caller): Promise<void> {
  permit(caller, "report:read");
  if (await drop(tx, caller.userId)) await record(tx, { caller, action: "dashboard.dropped", subjectKind: "dashboard" });
}
