import type { Caller } from "../../platform/caller/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import { catalogue, factOf, factsFor } from "../facts/index.ts";
import type { SegmentFilter } from "./contract.ts";
import { conditionsOf, type FieldKinds, faultOf } from "./rules.ts";

const beside = [
  ["branch", "branch"],
  ["member", "member"],
] as const;

/** What the caller can ask about: the facts they may see, branches, other segments. */
export const fieldsFor = (caller: Pick<Caller, "permissions">): FieldKinds =>
  new Map([...beside, ...factsFor(caller).map(({ key, kind }) => [key, kind] as const)]);

/** Everything there is: for computing what was checked when it was kept. */
export const allFields: FieldKinds = new Map([...beside, ...catalogue.map(({ key, kind }) => [key, kind] as const)]);

/** Fails with invalid_input: a field, an operator or a value that there is not, for this caller. */
export function checkFilter(caller: Pick<Caller, "permissions">, filter: SegmentFilter): FieldKinds {
  const kinds = fieldsFor(caller);
  const fault = faultOf(filter, kinds);
  if (fault !== null) throw new DomainError("invalid_input", fault, { detail: { reason: fault } });
  return kinds;
}

/** The rights without which the segment does not exist for one: those of the facts it asks about. */
export function permissionsOf(keys: readonly string[]): string[] {
  const needed = keys.flatMap((key) => (key === "branch" || key === "member" ? [] : (factOf(key).permission ?? [])));
  return [...new Set(needed)].sort();
}

export const keysOf = (filter: SegmentFilter): string[] => conditionsOf(filter).map(({ field }) => field);

/** The columns of facts that the conditions read. */
export const columnsOf = (filter: SegmentFilter): string[] =>
  keysOf(filter).map((key) => (key === "branch" ? "branch_id" : key === "member" ? "customer_id" : key));

/** Segments the conditions build on. */
export const segmentsIn = (filter: SegmentFilter): string[] =>
  conditionsOf(filter).flatMap(({ field, values }) => (field === "member" ? values : []));
