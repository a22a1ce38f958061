import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { record } from "../audit/index.ts";
import { permit } from "../permissions/index.ts";
import { type BankSetting, nameBank, saveSetting } from "./store.ts";

/** Worker role: the bank's name, the currency it reports in, and whether it is a demo (whose sign-in page shows people and password). */
export async function saveBankSetting(tx: Tx, caller: Caller, bank: BankSetting): Promise<void> {
  permit(caller, "user:manage");
  await saveSetting(tx, "bank", bank);
  await nameBank(tx, bank.name);
  await record(tx, { caller, action: "setting.changed", subjectKind: "setting", detail: { name: "bank" } });
}

/** Worker role: whom the sign-in page of a demo bank shows, in this order. */
export async function saveDemoPeople(tx: Tx, caller: Caller, logins: readonly string[]): Promise<void> {
  permit(caller, "user:manage");
  await saveSetting(tx, "demo_people", logins);
}

/** Worker role: "filling" stays when a start is killed in between, so that the next one goes on. */
export async function saveDemoState(tx: Tx, caller: Caller, state: "filling" | "filled"): Promise<void> {
  permit(caller, "user:manage");
  await saveSetting(tx, "demo", { state });
}
