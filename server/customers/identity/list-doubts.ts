import { record } from "../../governance/audit/index.ts";
import { permit } from "../../governance/permissions/index.ts";
import type { Caller } from "../../platform/caller/index.ts";
import type { Tx } from "../../platform/db/index.ts";
import { DomainError } from "../../platform/errors/index.ts";
import type { DoubtfulPair } from "./contract.ts";
import { probabilityOf } from "./matching/index.ts";
import * as steward from "./steward-store.ts";

interface Asked {
  readonly reason?: DoubtfulPair["doubt"] | undefined;
  readonly later: boolean;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** The queue of doubtful pairs the caller may see, the greatest risk first. Who was shown is audited. Fails with not_allowed, invalid_input (a damaged `after`). */
export async function listDoubts(tx: Tx, caller: Caller, { reason, later, limit, after }: Asked) {
  permit(caller, "identity:decide");
  const rows = await steward.listDoubts(tx, {
    reason: reason ?? null,
    later,
    limit: limit + 1,
    after: after === undefined ? null : placeOf(after),
  });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  await record(tx, {
    caller,
    action: "identity.doubts_listed",
    fieldClasses: ["name", "birth", "contact", "identifier"],
    subjectKind: "customer",
    subjectIds: [...new Set(shown.flatMap(({ a, b }) => [a.customerId, b.customerId]))],
  });
  return {
    pairs: shown.map(({ risk: _, ...pair }) => ({ ...pair, probability: probabilityOf(pair.bits) })),
    next: last === undefined ? null : [last.risk, last.a.partyId, last.b.partyId].join(" "),
    open: await steward.countDoubts(tx),
  };
}

const PLACE = /^([0-9.e+-]+) ([0-9a-f-]{36}) ([0-9a-f-]{36})$/;

function placeOf(text: string): { risk: number; a: string; b: string } {
  const [, risk = "", a = "", b = ""] = PLACE.exec(text) ?? [];
  if (!Number.isFinite(Number.parseFloat(risk))) throw new DomainError("invalid_input", "no place in this list");
  return { risk: Number(risk), a, b };
}
