import { useCallback, useEffect, useRef, useState } from "react";
import { type DeliveryRequest, dryRunLoad } from "../../../server/customers/intake/contract.ts";
import type { AnswerOf } from "../../ui/api.ts";
import { callLive } from "../../ui/live-call.ts";
import { ApiProblem } from "../../ui/problem.ts";

type DryRunEvent = AnswerOf<typeof dryRunLoad>;
export type DryRunAnswer = Extract<DryRunEvent, { is: "done" }>;
export type DryRunProgress = Extract<DryRunEvent, { is: "running" }>["progress"];

export interface DryRun {
  readonly answer: DryRunAnswer | null;
  readonly running: boolean;
  readonly progress: DryRunProgress | null;
  readonly error: unknown;
  readonly run: (body: DeliveryRequest) => void;
  /** What was found out says nothing any more; a run that is under way is stopped. */
  readonly reset: () => void;
}

type Now = Pick<DryRun, "answer" | "running" | "progress" | "error">;
const nothing: Now = { answer: null, running: false, progress: null, error: null };

/** A dry run and how far it is. Leaving the page stops it. */
export function useDryRun(): DryRun {
  const [now, setNow] = useState(nothing);
  const current = useRef<AbortController | null>(null);
  const reset = useCallback(() => {
    current.current?.abort();
    current.current = null;
    setNow(nothing);
  }, []);
  useEffect(() => () => current.current?.abort(), []);
  const run = useCallback((body: DeliveryRequest) => {
    current.current?.abort();
    const own = new AbortController();
    current.current = own;
    setNow({ ...nothing, running: true });
    // What comes of a run that was replaced meanwhile is of no interest.
    const set = (next: (before: Now) => Now) => {
      if (current.current === own) setNow(next);
    };
    const take = (event: DryRunEvent) => {
      if (event.is === "running") set((before) => ({ ...before, progress: event.progress }));
      else if (event.is === "done") set(() => ({ ...nothing, answer: event }));
      else set(() => ({ ...nothing, error: new ApiProblem({ code: event.code, detail: event.detail }) }));
    };
    callLive(dryRunLoad, { body }, take, own.signal).then(
      // An answer that ends without its last word broke off.
      () => set((before) => (before.running ? { ...nothing, error: new ApiProblem({ code: "unavailable" }) } : before)),
      (error: unknown) => set(() => ({ ...nothing, error })),
    );
  }, []);
  return { ...now, run, reset };
}
