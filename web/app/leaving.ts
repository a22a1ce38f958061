import { leaveSession } from "../../server/governance/identity-provider/contract.ts";
import { call } from "../ui/api.ts";
import { isProblem } from "../ui/problem.ts";

/** Stands from the moment somebody signs out until the server has ended the session: the cookie is not the page's to take away. */
const MARK = "vinculo.leaving";

export const isLeaving = (): boolean => localStorage.getItem(MARK) !== null;

/** Tells the other tabs, too. Whatever this tab kept of what it showed goes. */
export function beginLeaving(): void {
  localStorage.setItem(MARK, "1");
  sessionStorage.clear();
}

/** Somebody has come in: the server ended the session this browser had before. */
export const forgetLeaving = (): void => localStorage.removeItem(MARK);

/** Ends the session; answers with where to end it at the identity provider, too. Fails when the server does not answer: then the mark stays. */
export async function finishLeaving(): Promise<string | null> {
  const left = await call(leaveSession, {}).catch((error: unknown) => {
    if (!isProblem(error, "not_signed_in")) throw error;
    return null;
  });
  forgetLeaving();
  return left?.logoutUrl ?? null;
}

/** When another tab signs out. Returns how to stop listening. */
export function onLeavingElsewhere(leave: () => void): () => void {
  const heard = (event: StorageEvent) => event.key === MARK && event.newValue !== null && leave();
  window.addEventListener("storage", heard);
  return () => window.removeEventListener("storage", heard);
}
