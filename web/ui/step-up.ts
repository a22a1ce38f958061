import { type ApiProblem, isProblem } from "./problem.ts";

/** Shows the person what is to be proven; resolves when the proof is kept, rejects when they think better of it. */
export type AskForProof = (problem: ApiProblem) => Promise<void>;

let ask: AskForProof | null = null;

/** The shell lends the dialog. Returns how to take it back. */
export function lendProofDialog(dialog: AskForProof): () => void {
  ask = dialog;
  return () => {
    if (ask === dialog) ask = null;
  };
}

/**
 * Does something the server may want a proof for: then asks the person and does the same again, once. Everything that goes through `useAction` does
 * this by itself; the same input is sent again, because the proof holds for exactly that.
 */
export async function withProof<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (ask === null || !isProblem(error, "step_up_needed")) throw error;
    await ask(error);
    return await work();
  }
}
