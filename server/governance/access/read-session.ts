import type { UserId } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
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
