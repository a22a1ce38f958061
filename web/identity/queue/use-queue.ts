import { useMemo, useState } from "react";
import { surenessOf } from "../../ui/sureness.ts";
import { keyOfPair, type Pair } from "../pair.ts";
import { type Decidable, type Decision, useDecide } from "../use-decide.ts";

export const decidable = (pair: Pair): Decidable => ({
  a: pair.a.partyId,
  b: pair.b.partyId,
  version: pair.version,
  before: pair.decision,
});

/** Doubtful for the same reason and about as sure: what is decided together. */
const alikeAs = (one: Pair, other: Pair): boolean =>
  one.doubt === other.doubt && one.a.kind === other.a.kind && surenessOf(one.probability) === surenessOf(other.probability);

export type Queue = ReturnType<typeof useQueue>;

/** Which pair one is at, which are chosen, and what is done to them. A decided pair leaves; the one behind it takes its place. */
export function useQueue(pairs: readonly Pair[]) {
  const [wanted, setWanted] = useState<{ key: string; at: number }>({ key: "", at: 0 });
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const { decide, undoLast } = useDecide();
  const keys = useMemo(() => pairs.map(keyOfPair), [pairs]);
  const found = keys.indexOf(wanted.key);
  const at = found >= 0 ? found : Math.max(0, Math.min(wanted.at, keys.length - 1));
  const current = pairs[at];
  const chosenPairs = pairs.filter((pair) => marked.has(keyOfPair(pair)));
  const goTo = (place: number) => {
    const to = Math.max(0, Math.min(place, keys.length - 1));
    setWanted({ key: keys[to] ?? "", at: to });
  };
  const many = (some: readonly Pair[], decision: Decision) => {
    setWanted({ key: "", at });
    setMarked(new Set());
    void decide(some.map(decidable), decision);
  };
  return {
    current,
    currentKey: keys[at] ?? null,
    chosen: new Set(chosenPairs.map(keyOfPair)) as ReadonlySet<string>,
    chosenPairs,
    move: (by: number) => goTo(at + by),
    setCurrent: (key: string) => goTo(keys.indexOf(key)),
    toggle: (key: string) => {
      const next = new Set(marked);
      if (!next.delete(key)) next.add(key);
      setMarked(next);
    },
    chooseAlike: () => {
      if (current) setMarked(new Set(pairs.filter((pair) => alikeAs(pair, current)).map(keyOfPair)));
    },
    clear: () => setMarked(new Set()),
    /** The chosen ones, or else the one that one is at. */
    decideHere: (decision: Decision) => {
      if (chosenPairs.length > 0) many(chosenPairs, decision);
      else if (current) many([current], decision);
    },
    decideOnly: (pair: Pair, decision: Decision) => {
      setWanted({ key: keyOfPair(pair) === keys[at] ? "" : (keys[at] ?? ""), at });
      void decide([decidable(pair)], decision);
    },
    undoLast,
  };
}
