import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShortcuts } from "../../ui/shortcuts.tsx";
import { useHidden } from "../decided.ts";
import { type Explanation, pairKey } from "../pair.ts";
import { neighboursOf } from "../trail.ts";
import { type Decision, useDecide } from "../use-decide.ts";

/** Decides this pair by button or key, then goes on to the next of the queue it was opened from. */
export function usePairDecision(explanation: Explanation, reason: string): { decide: (decision: Decision) => void; busy: boolean } {
  const { t } = useTranslation("identity");
  const navigate = useNavigate();
  const hidden = useHidden();
  const { decide, undoLast } = useDecide();
  const [busy, setBusy] = useState(false);
  const { a, b, version, decision: before } = explanation;
  const pair = { a: a.partyId, b: b.partyId };
  const decideHere = async (decision: Decision) => {
    if (busy) return;
    const { next } = neighboursOf(pair, (other) => hidden.has(pairKey(other)));
    setBusy(true);
    const done = await decide([{ ...pair, version, before: before?.decision ?? null }], decision, reason.trim());
    setBusy(false);
    if (done && next) void navigate({ to: "/identity/pairs/$a/$b", params: next, replace: true } as never);
  };
  const latest = useRef({ decideHere, undoLast });
  useEffect(() => {
    latest.current = { decideHere, undoLast };
  });
  useShortcuts(
    useMemo(
      () => [
        { keys: "s", label: t("keys.same"), run: () => void latest.current.decideHere("same") },
        { keys: "a", label: t("keys.apart"), run: () => void latest.current.decideHere("apart") },
        { keys: "l", label: t("keys.later"), run: () => void latest.current.decideHere("later") },
        { keys: "u", label: t("keys.undo"), run: () => latest.current.undoLast() },
      ],
      [t],
    ),
  );
  return { decide: (decision) => void decideHere(decision), busy };
}
