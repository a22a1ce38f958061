import type { Candidate, Decision } from "./action.ts";

/** Below so many sales proposed, a share says nothing. */
const SALES_MIN = 50;

/** What is proposed first of what may be steered; a duty before it does not count. */
const steeredFirst = ({ candidates }: Pick<Decision, "candidates">): Candidate | null =>
  candidates.find(({ gate, kind }) => gate === null && kind !== "duty") ?? null;

const saleOf = (decision: Pick<Decision, "candidates">): string | null => {
  const first = steeredFirst(decision);
  return first?.kind === "sale" ? first.actionId : null;
};

const scoreOf = ({ factors }: Candidate): number => factors?.score ?? 0;

/**
 * No product is proposed to more than `shareMax` of all who are proposed a sale: those who lose least by it get their second. `standing`: how many of the
 * customers not decided now are proposed which sale. One pass over the products, the most crowded first; what was drawn is left alone, because its chance
 * is on record. Answers with the decisions in their order. Pure.
 */
export function spread(decisions: readonly Decision[], standing: ReadonlyMap<string, number>, shareMax: number): Decision[] {
  const result = [...decisions];
  const counts = new Map(standing);
  for (const decision of decisions) {
    const sale = saleOf(decision);
    if (sale !== null) counts.set(sale, (counts.get(sale) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total < SALES_MIN) return result;
  const most = Math.ceil(shareMax * total);
  for (const [crowded, count] of [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    const over = count - most;
    if (over <= 0) break;
    const movable = result
      .map((decision, place) => ({ place, decision, lost: lostBy(decision, crowded) }))
      .filter(({ lost }) => lost !== null)
      .toSorted((a, b) => (a.lost as number) - (b.lost as number) || a.place - b.place);
    for (const { place, decision } of movable.slice(0, over)) result[place] = without(decision, crowded);
  }
  return result;
}

/** The share of the score that is lost when the crowded sale gives way to the next; null: it does not stand first, or was drawn. */
function lostBy(decision: Decision, crowded: string): number | null {
  if (decision.explored || saleOf(decision) !== crowded) return null;
  const [first, second] = decision.candidates.filter(({ gate, kind }) => gate === null && kind !== "duty");
  return second === undefined ? 1 : 1 - scoreOf(second) / Math.max(1, scoreOf(first as Candidate));
}

function without(decision: Decision, crowded: string): Decision {
  const moved = decision.candidates.find(({ actionId }) => actionId === crowded) as Candidate;
  return {
    ...decision,
    candidates: [...decision.candidates.filter((candidate) => candidate !== moved), { ...moved, gate: "share_cap" }],
    propensity: decision.candidates.some(({ gate, kind, actionId }) => gate === null && kind !== "duty" && actionId !== crowded)
      ? decision.propensity
      : null,
  };
}
