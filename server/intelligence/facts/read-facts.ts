import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { catalogue } from "./catalogue/index.ts";
import { factCurrency } from "./exchange-rates.ts";
import type { Fact } from "./fact.ts";
import { findCustomer, readAsOf, readRow } from "./fact-store.ts";

/** Facts the caller may see at all; the others do not exist for them. */
export const factsFor = (caller: Pick<Caller, "permissions">): Fact[] =>
  catalogue.filter(({ permission }) => permission === null || caller.permissions.has(permission));

export async function listFacts(tx: Tx, caller: Caller) {
  const facts = factsFor(caller).map(({ key, kind, group, months, codes }) => ({
    key,
    kind,
    group,
    months,
    codes: codes === null ? null : [...codes],
  }));
  return { facts, currency: await factCurrency(tx), asOf: await readAsOf(tx) };
}

export type FactValue = bigint | number | string | boolean | null;

export interface CustomerFacts {
  /** The last day of the months counted. */
  readonly asOf: string;
  /** By key: money as bigint minor units of the reporting currency, dates as yyyy-mm-dd. */
  readonly values: Readonly<Record<string, FactValue>>;
}

/** What is kept of one customer, of the facts the caller may see; null: nothing yet, or not for the caller. The caller records the view. */
export async function readFacts(
  tx: Tx,
  caller: Pick<Caller, "permissions">,
  customerId: string,
  keys?: readonly string[],
): Promise<CustomerFacts | null> {
  const wanted = factsFor(caller).filter(({ key }) => keys === undefined || keys.includes(key));
  const row = await readRow(
    tx,
    customerId,
    wanted.map(({ key }) => key),
  );
  if (row === null) return null;
  const values = Object.fromEntries(wanted.map(({ key }) => [key, (row[key] ?? null) as FactValue]));
  return { asOf: String(row.as_of), values };
}

/** The same by number or id, on the trail. Fails with not_allowed; null: no such customer, or nothing yet. */
export async function viewFacts(tx: Tx, caller: Caller, customer: string): Promise<CustomerFacts | null> {
  permit(caller, "customer:read");
  const customerId = await findCustomer(tx, customer);
  if (customerId === null) return null;
  await record(tx, { caller, action: "customer.facts_viewed", subjectKind: "customer", subjectIds: [customerId] });
  return readFacts(tx, caller, customerId);
}
