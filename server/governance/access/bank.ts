import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { readSetting, saveSetting } from "../../platform/settings/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { nameBank } from "./store.ts";

export interface BankSetting {
  readonly name: string;
  readonly reportingCurrency: string;
  /** Its sign-in page shows people and password. */
  readonly demo: boolean;
}

/** "filling" and "completing" (its first models are trained) stay when a start is killed in between, so that the next one goes on. */
type DemoState = "filling" | "completing" | "filled";

export async function readBank(tx: Tx): Promise<BankSetting> {
  return (await readSetting<BankSetting>(tx, "bank")) ?? { name: "Vinculo", reportingCurrency: "EUR", demo: false };
}

/** In which the bank reports; null while it never said so. */
export async function readReportingCurrency(tx: Tx): Promise<string | null> {
  return (await readSetting<BankSetting>(tx, "bank"))?.reportingCurrency ?? null;
}

/** Worker role. Fails with not_allowed. */
export async function saveBank(tx: Tx, caller: Caller, bank: BankSetting): Promise<void> {
  permit(caller, "user:manage");
  await saveSetting(tx, "bank", bank);
  await nameBank(tx, bank.name);
  await record(tx, { caller, action: "setting.changed", subjectKind: "setting", detail: { name: "bank" } });
}

/** null: no demo bank was ever asked for. */
export async function readDemoState(tx: Tx): Promise<DemoState | null> {
  return readSetting<DemoState>(tx, "demo_state");
}

/** Worker role. Fails with not_allowed. */
export async function saveDemoState(tx: Tx, caller: Caller, state: DemoState): Promise<void> {
  permit(caller, "user:manage");
  await saveSetting(tx, "demo_state", state);
}

/** Logins of whom the sign-in page of a demo bank shows. */
export async function readDemoPeople(tx: Tx): Promise<readonly string[]> {
  return (await readSetting<string[]>(tx, "demo_people")) ?? [];
}

/** Worker role. Fails with not_allowed. */
export async function saveDemoPeople(tx: Tx, caller: Caller, logins: readonly string[]): Promise<void> {
  permit(caller, "user:manage");
  await saveSetting(tx, "demo_people", logins);
}
