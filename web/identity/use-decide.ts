import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import {
  DECISIONS_MAX,
  decidePairs,
  explainPair,
  listDoubts,
  type PairDecision,
  readMatchingQuality,
} from "../../server/customers/identity/contract.ts";
import { call } from "../ui/api.ts";
import { useErrorWords } from "../ui/error-words.ts";
import { notify } from "../ui/notify.tsx";
import { useFormat } from "../ui/preferences.tsx";
import { isProblem } from "../ui/problem.ts";
import { keyOf } from "../ui/query.ts";
import { hideDecided, showAgain } from "./decided.ts";
import { pairKey } from "./pair.ts";

export type Decision = (typeof PairDecision.options)[number];
/** As the server takes it: the version that was on the screen, so that nobody's decision is written over unseen. */
export interface Decidable {
  readonly a: string;
  readonly b: string;
  readonly version: number | null;
  /** What was decided before: this is what undoing brings back. */
  readonly before: Decision | null;
}
interface Act {
  readonly pairs: readonly Decidable[];
}

const UNDO_MAX = 50;
/** What this person decided since the page was loaded, the last one last: u takes back one after another, on the queue and on a pair. */
const acts: Act[] = [];

export interface Deciding {
  /** Answers whether it was decided; what went wrong has been told. */
  readonly decide: (pairs: readonly Decidable[], decision: Decision, reason?: string) => Promise<boolean>;
  readonly undoLast: () => void;
}

/** Decides pairs, tells it with the way back, and takes decided pairs out of the queue at once: they come back when the server refuses. */
export function useDecide(): Deciding {
  const { t } = useTranslation("identity");
  const format = useFormat();
  const client = useQueryClient();
  const errorWords = useErrorWords();
  const refresh = useCallback(
    () => Promise.all([listDoubts, explainPair, readMatchingQuality].map((stale) => client.invalidateQueries({ queryKey: keyOf(stale) }))),
    [client],
  );
  const tellFailure = useCallback(
    (error: unknown) => {
      const words = errorWords(error);
      const differ = isProblem(error, "invalid_state") && error.detail.reason === "identifiers_differ";
      const conflict = isProblem(error, "conflict");
      const message = conflict ? t("decide.conflict") : differ ? t("decide.differ") : `${words.title} ${words.text}`;
      void notify({ tone: "warn", message });
    },
    [errorWords, t],
  );
  const undo = useCallback(
    async (act: Act) => {
      const at = acts.indexOf(act);
      if (at < 0) return;
      acts.splice(at, 1);
      try {
        await takeBack(act);
        showAgain(act.pairs.map(pairKey));
        void notify({ message: t("decide.undone") });
      } catch (error) {
        tellFailure(error);
      }
      await refresh();
    },
    [refresh, t, tellFailure],
  );
  const decide = useCallback(
    async (pairs: readonly Decidable[], decision: Decision, reason?: string): Promise<boolean> => {
      const keys = pairs.map(pairKey);
      hideDecided(keys);
      const decided: Decidable[] = [];
      try {
        for (const part of inParts(pairs)) decided.push(...(await send(part, decision, reason)));
      } catch (error) {
        showAgain(keys);
        tellFailure(error);
        await refresh();
        return false;
      }
      const act: Act = { pairs: decided };
      acts.push(act);
      acts.splice(0, acts.length - UNDO_MAX);
      void notify({
        tone: "good",
        message: pairs.length === 1 ? t(`decide.done.${decision}`) : t(`decide.doneMany.${decision}`, { n: format.number(pairs.length) }),
        undo: { label: t("decide.undo"), run: () => void undo(act) },
      });
      void refresh();
      return true;
    },
    [format, refresh, t, tellFailure, undo],
  );
  const undoLast = useCallback(() => {
    const last = acts.at(-1);
    if (last === undefined) void notify({ message: t("decide.nothingToUndo") });
    else void undo(last);
  }, [t, undo]);
  return { decide, undoLast };
}

function inParts<T>(all: readonly T[]): (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / DECISIONS_MAX) }, (_, part) =>
    all.slice(part * DECISIONS_MAX, (part + 1) * DECISIONS_MAX),
  );
}

/** Answers the same pairs with the versions they have now. */
async function send(pairs: readonly Decidable[], decision: Decision | "open", reason?: string): Promise<Decidable[]> {
  const body = {
    pairs: pairs.map(({ a, b, version }) => ({ a, b, version })),
    decision,
    ...(reason === undefined || reason === "" ? {} : { reason }),
  };
  const answer = await call(decidePairs, { body });
  const versions = new Map(answer.pairs.map((pair) => [pairKey(pair), pair.version]));
  return pairs.map((pair) => ({ ...pair, version: versions.get(pairKey(pair)) ?? pair.version }));
}

/** Every pair goes back to what it was, undecided or as somebody had decided before; refused when somebody decided it again since. */
async function takeBack({ pairs }: Act): Promise<void> {
  for (const before of new Set(pairs.map((pair) => pair.before))) {
    const alike = pairs.filter((pair) => pair.before === before);
    for (const part of inParts(alike)) await send(part, before ?? "open");
  }
}
