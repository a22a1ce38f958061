import type { Bank, Candidate, Decision, Draws, Standing } from "./action.ts";
import type { Arm } from "./contract.ts";
import { dayAfter, earliest } from "./day.ts";
import { gateOf } from "./gates.ts";
import { scoreOf } from "./score.ts";
import { calledFor } from "./signals.ts";

/** Even where nothing tells of a day, everybody is looked at again. */
const LOOKED_AGAIN_DAYS = 30;

/** By a hash that stays: held out first, then the random arm, then the ranked one. Moving one share moves only its border. */
export function armOf(draw: number, { holdOutShare, randomShare }: Bank["policy"]): Arm {
  if (draw < holdOutShare) return "hold_out";
  return draw < holdOutShare + randomShare ? "random" : "ranked";
}

/**
 * Every action for one customer on one day: called for or not, the gate that removed it, its factors, and the order of what may be proposed. Duties come
 * first and stand outside every experiment. Of the rest nothing is proposed to who is held out; the random arm draws among what may be proposed; of the
 * ranked arm a share tries another than the best, and the chance of what comes first is kept for weighing answers later. The same for the same input. Pure.
 */
export function decideCustomer(of: Standing, bank: Bank, draws: Draws, today: string): Decision {
  const { policy } = bank;
  const arm = armOf(draws.arm, policy);
  let dueOn: string | null = null;
  const all = bank.actions.map((action): Candidate & { readonly place: number } => {
    const called = calledFor(action, of, today);
    const gate = gateOf(action, of, called, bank, today);
    const factors = called.reason === null ? null : scoreOf(action, of, called, bank);
    const held = arm === "hold_out" && action.kind !== "duty" ? ({ gate: "held_out", until: null } as const) : null;
    const worthless = factors !== null && factors.score <= 0 ? ({ gate: "not_worth_it", until: null } as const) : null;
    const removed = gate ?? worthless ?? held;
    // Held out, nothing of time changes what is proposed.
    dueOn = earliest(dueOn, called.until, removed?.until ?? null);
    return {
      ...{ actionId: action.actionId, kind: action.kind, place: action.place, gate: removed?.gate ?? null },
      ...{ until: removed?.until ?? null, reason: called.reason, factors },
    };
  });
  const ranked = all.filter(({ gate }) => gate === null).toSorted((a, b) => scoreIn(b) - scoreIn(a) || a.place - b.place);
  const duties = ranked.filter(({ kind }) => kind === "duty");
  const steered = ranked.filter(({ kind }) => kind !== "duty");
  const { order, explored, propensity } = steer(steered, arm, policy.explorationShare, draws);
  const removed = all.filter(({ gate }) => gate !== null);
  return {
    ...{ arm, explored, propensity },
    candidates: [...duties, ...order, ...removed].map(({ place: _, ...candidate }) => candidate),
    dueOn: earliest(dueOn, dayAfter(today, LOOKED_AGAIN_DAYS)) as string,
  };
}

const scoreIn = ({ factors }: Pick<Candidate, "factors">): number => factors?.score ?? 0;

function steer<C extends Candidate>(steered: readonly C[], arm: Arm, share: number, draws: Draws) {
  const n = steered.length;
  if (n === 0) return { order: steered, explored: false, propensity: null };
  if (arm === "random") {
    const order = steered.map((candidate, place) => ({ candidate, drawn: draws.pick(place) })).toSorted((a, b) => a.drawn - b.drawn);
    return { order: order.map(({ candidate }) => candidate), explored: true, propensity: 1 / n };
  }
  const tries = draws.explore < share;
  const first = tries ? Math.min(n - 1, Math.floor(draws.pick(0) * n)) : 0;
  const chosen = steered[first] as C;
  return {
    order: [chosen, ...steered.filter((candidate) => candidate !== chosen)],
    explored: tries,
    propensity: (first === 0 ? 1 - share : 0) + share / n,
  };
}
