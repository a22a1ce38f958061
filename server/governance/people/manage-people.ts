import type { Caller, UserId } from "../../platform/caller/index.ts";
import type { Clock } from "../../platform/clock/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { endSessionsBecause, requireStepUp } from "../access/index.ts";
import { record } from "../audit/index.ts";
import { factorsOf } from "../factors/index.ts";
import { linksOf } from "../identity-provider/index.ts";
import { permit } from "../permissions/index.ts";
import { dayOf, listGrants } from "../roles/index.ts";
import type { Link, Person } from "./contract.ts";
import { newLink } from "./links.ts";
import * as store from "./store.ts";

const calendars: Readonly<Record<string, string>> = { fa: "persian" };

/** Fails with not_allowed, not_found. */
export async function readPerson(tx: Tx, caller: Caller, clock: Clock, userId: UserId): Promise<Person> {
  permit(caller, "user:manage");
  const person = await store.findPerson(tx, userId, clock.now());
  if (person === null) throw new DomainError("not_found", "no such person");
  const [factors, providers] = [await factorsOf(tx, userId), await linksOf(tx, userId)];
  return { ...person, grants: await listGrants(tx, userId, dayOf(clock.now())), factors, providers };
}

export type NewPersonRequest = Omit<store.NewPerson, "userId" | "calendar">;

/** A colleague without roles and without a password, and the link to set one. Fails with not_allowed, conflict (the login is taken), not_found (the unit). */
export async function createPerson(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  publicUrl: URL,
  request: NewPersonRequest,
): Promise<{ userId: string; link: Link }> {
  permit(caller, "user:manage");
  const userId = newId<"User">() as UserId;
  const made = await store.insertPerson(tx, { ...request, userId, calendar: calendars[request.locale] ?? "gregory" });
  if (made === "no_unit") throw new DomainError("not_found", "no such open unit");
  if (made === "taken") throw new DomainError("conflict", "the login is taken", { detail: { reason: "login_taken" } });
  await record(tx, { caller, action: "user.created", subjectKind: "user", subjectIds: [userId], detail: { unitId: request.homeUnitId } });
  return { userId, link: await newLink(tx, caller, clock, publicUrl, { userId, kind: "invite" }) };
}

export type PersonChangeRequest = Omit<store.PersonChange, "active"> & { readonly version: number };

/**
 * Another address needs a proof: links to a new password go there, and the identity provider links by it (ASVS 5.0, 7.5.1). Fails with not_allowed,
 * not_found, conflict, invalid_state (oneself), step_up_needed.
 */
export async function changePerson(tx: Tx, caller: Caller, clock: Clock, userId: UserId, request: PersonChangeRequest): Promise<void> {
  permit(caller, "user:manage");
  refuseOneself(caller, userId);
  const { version, ...change } = request;
  if (change.homeUnitId !== undefined && !(await store.unitIsOpen(tx, change.homeUnitId)))
    throw new DomainError("not_found", "no such open unit");
  if (change.email !== undefined && change.email !== (await store.findPerson(tx, userId, clock.now()))?.email)
    await requireStepUp(tx, caller, clock, { action: "user.changed", subjectIds: [userId], payload: { email: change.email } });
  if (!(await store.savePerson(tx, userId, version, change))) throw new DomainError("conflict", "the account has another version by now");
  await record(tx, { caller, action: "user.changed", subjectKind: "user", subjectIds: [userId], detail: { fields: Object.keys(change) } });
}

/** Closing ends sessions, live streams and links in the same moment. Fails with not_allowed, not_found, conflict, invalid_state (oneself). */
export async function setPersonActive(
  tx: Tx,
  caller: Caller,
  clock: Clock,
  userId: UserId,
  { version, active }: { version: number; active: boolean },
): Promise<void> {
  permit(caller, "user:manage");
  refuseOneself(caller, userId);
  if (!(await store.savePerson(tx, userId, version, { active })))
    throw new DomainError("conflict", "the account has another version by now");
  if (!active) {
    await endSessionsBecause(tx, clock, userId);
    await store.voidLinks(tx, userId, clock.now());
  }
  await record(tx, { caller, action: active ? "user.opened" : "user.closed", subjectKind: "user", subjectIds: [userId] });
}

/** Fails with not_allowed, not_found, conflict, invalid_state (oneself, no address), step_up_needed. */
export async function confirmEmail(tx: Tx, caller: Caller, clock: Clock, userId: UserId, version: number): Promise<void> {
  permit(caller, "user:manage");
  refuseOneself(caller, userId);
  const person = await store.findPerson(tx, userId, clock.now());
  if (person === null) throw new DomainError("not_found", "no such person");
  if (person.email === null) throw new DomainError("invalid_state", "there is no address", { detail: { reason: "no_email" } });
  await requireStepUp(tx, caller, clock, { action: "user.email_confirmed", subjectIds: [userId], payload: { email: person.email } });
  if (!(await store.saveConfirmation(tx, userId, version, clock.now())))
    throw new DomainError("conflict", "the account has another version by now");
  await record(tx, { caller, action: "user.email_confirmed", subjectKind: "user", subjectIds: [userId] });
}

/** Fails with not_allowed, not_found, invalid_state (oneself, a closed account), step_up_needed. */
export async function makeLink(tx: Tx, caller: Caller, clock: Clock, publicUrl: URL, userId: UserId): Promise<Link> {
  permit(caller, "user:manage");
  refuseOneself(caller, userId);
  const person = await store.findPerson(tx, userId, clock.now());
  if (person === null) throw new DomainError("not_found", "no such person");
  if (!person.active) throw new DomainError("invalid_state", "the account is closed", { detail: { reason: "account_closed" } });
  await requireStepUp(tx, caller, clock, { action: "user.link_made", subjectIds: [userId] });
  const kind = (await factorsOf(tx, userId)).password ? "reset" : "invite";
  await store.voidLinks(tx, userId, clock.now());
  await record(tx, { caller, action: "user.link_made", subjectKind: "user", subjectIds: [userId], detail: { kind } });
  return newLink(tx, caller, clock, publicUrl, { userId, kind });
}

/** Fails with not_allowed, not_found, invalid_state (oneself), step_up_needed. */
export async function removeFactors(tx: Tx, caller: Caller, clock: Clock, userId: UserId): Promise<void> {
  permit(caller, "user:manage");
  refuseOneself(caller, userId);
  if ((await store.findPerson(tx, userId, clock.now())) === null) throw new DomainError("not_found", "no such person");
  await requireStepUp(tx, caller, clock, { action: "user.factors_removed", subjectIds: [userId] });
  await store.clearFactors(tx, userId);
  await endSessionsBecause(tx, clock, userId);
  await record(tx, { caller, action: "user.factors_removed", subjectKind: "user", subjectIds: [userId] });
}

function refuseOneself(caller: Caller, userId: UserId): void {
  if (userId === caller.userId)
    throw new DomainError("invalid_state", "one's own account is another's to change", { detail: { reason: "oneself" } });
}
