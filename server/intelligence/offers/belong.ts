import type { OfferAction } from "./action.ts";
import type { Gate } from "./contract.ts";

export interface Belonging {
  readonly customerId: string;
  readonly actionId: string;
  readonly isThere: boolean;
  readonly isIn: boolean;
}

/**
 * What closes an action for a customer by who is in its segment at this moment: who left it since the decision is not proposed it any more. Nothing is known of
 * a customer means that they are not in it. Pure.
 */
export function belongsNow(actions: readonly OfferAction[], rows: readonly Belonging[]) {
  const bound = new Set(actions.flatMap(({ actionId, segmentId }) => (segmentId === null ? [] : [actionId])));
  const known = new Map(rows.map((row) => [`${row.customerId} ${row.actionId}`, row]));
  return (customerId: string, actionId: string): { readonly gate: Gate; readonly until: null } | null => {
    if (!bound.has(actionId)) return null;
    const row = known.get(`${customerId} ${actionId}`);
    if (row?.isThere === true && row.isIn) return null;
    return { gate: row?.isThere === false ? "segment_gone" : "not_in_segment", until: null };
  };
}
