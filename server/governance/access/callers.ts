import type { Caller, UserId } from "../../platform/caller/index.ts";
import { type Db, inTransaction } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { findPerson, findUserId } from "./store.ts";

const OPERATOR = "00000000-0000-7000-8000-000000000001" as UserId;

/** The rights of a person now, for work done in their name without a browser session. null when the account is closed. */
export async function callerOf(db: Db, userId: UserId, requestId: string): Promise<Caller | null> {
  const context = { userId, sessionId: null, requestId };
  const person = await inTransaction(db, context, (tx) => findPerson(tx, userId), { role: "worker" });
  if (person === null) return null;
  return { ...context, displayName: person.displayName, permissions: new Set(person.permissions), ipAddress: null };
}

/** The same by login; null when there is none, or the account is closed. */
export async function callerOfLogin(db: Db, by: Caller, login: string): Promise<Caller | null> {
  const userId = await inTransaction(db, by, (tx) => findUserId(tx, login), { role: "worker" });
  return userId === null ? null : callerOf(db, userId, by.requestId);
}

/** Under whose name the command line works: whoever can read the key folder already holds the bank's data. */
export async function operatorCaller(db: Db): Promise<Caller> {
  const caller = await callerOf(db, OPERATOR, `cli-${newId()}`);
  if (caller === null) throw new Error("the operator account is missing or closed");
  return caller;
}
