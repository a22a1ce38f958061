import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { Filter } from "./contract.ts";
import { groupsIn } from "./rules.ts";
import { findGroups } from "./store.ts";

/** Fails with invalid_input: a filter asks about a group that is not there for the caller, whichever way. "In none of" it would be everybody. */
export async function checkGroups(tx: Tx, filter: Filter | undefined): Promise<void> {
  const asked = filter === undefined ? [] : groupsIn(filter);
  if (asked.length === 0) return;
  const there = new Set((await findGroups(tx, asked)).flatMap(({ groupId, isThere }) => (isThere ? [groupId] : [])));
  const gone = asked.filter((id) => !there.has(id));
  if (gone.length > 0) throw await groupsGone(tx, gone);
}

/**
 * The refusal to ask about groups that are not there. A name has what was put away and could be seen before; of what is not for the caller to see nothing is
 * said but what they asked for, just as of what never was.
 */
export async function groupsGone(tx: Tx, groupIds: readonly string[]): Promise<DomainError> {
  const ids = [...new Set(groupIds)];
  const names = new Map((await findGroups(tx, ids)).map(({ groupId, name }) => [groupId, name]));
  const groups = ids.map((id) => ({ id, name: names.get(id.toLowerCase()) ?? null }));
  return new DomainError("invalid_input", "a group that is asked about is not there", { detail: { reason: "group_gone", groups } });
}
