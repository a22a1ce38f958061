import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { readSetting, saveSetting } from "../../platform/settings/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { defaultSessionLimits, type SessionLimits } from "./rules.ts";

export async function readSessionLimits(tx: Tx): Promise<SessionLimits> {
  return { ...defaultSessionLimits, ...(await readSetting<Partial<SessionLimits>>(tx, "session_limits")) };
}

/** Shorter limits hold at once, for open sessions too; a smaller number of sessions at the next sign-in. Fails with not_allowed. */
export async function saveSessionLimits(tx: Tx, caller: Caller, limits: SessionLimits): Promise<SessionLimits> {
  permit(caller, "user:manage");
  await saveSetting(tx, "session_limits", limits);
  await record(tx, { caller, action: "setting.changed", subjectKind: "setting", detail: { name: "session_limits", ...limits } });
  return limits;
}
