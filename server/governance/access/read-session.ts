import type { UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import { type Db, inTransaction, type Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { authenticate } from "./authenticate.ts";
import { readBank } from "./bank.ts";
import type { Session } from "./contract.ts";
import { findPerson } from "./store.ts";

/** Fails with not_found when the account is gone. */
export async function readSessionOf(tx: Tx, userId: UserId): Promise<Session> {
  const person = await findPerson(tx, userId);
  if (person === null) throw new DomainError("not_found", "no such person");
  const { permissions, ...user } = person;
  const { name, reportingCurrency, demo } = await readBank(tx);
  return { user, permissions, bank: { name, reportingCurrency, demo } };
}

/** Whose session a token stands for; null when nobody is signed in, which is no error on the first page. */
export async function readSession(
  db: Db,
  clock: Clock,
  token: string | null,
  request: { id: string; ip: string },
): Promise<Session | null> {
  const caller = token === null ? null : await authenticate(db, clock, token, request, "request");
  return caller === null ? null : await inTransaction(db, caller, (tx) => readSessionOf(tx, caller.userId), { readOnly: true });
}
