import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import { readSession, type Session } from "../../server/governance/access/contract.ts";
import { call } from "../ui/api.ts";
import { keyOf } from "../ui/query.ts";
import { finishLeaving, forgetLeaving, isLeaving } from "./leaving.ts";

export const sessionKey = keyOf(readSession);

/** Somebody has come in: nothing of the person before is kept. */
export function keepSession(client: QueryClient, session: Session): void {
  forgetLeaving();
  client.removeQueries();
  client.setQueryData(sessionKey, session);
}

const session = {
  queryKey: sessionKey,
  queryFn: ({ signal }: { signal: AbortSignal }) => call(readSession, {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
};

const forNobody = /^\/(sign-in|invitation)(\/|$)/;

/** Asks who is signed in while words are still on their way; `requireSession` takes the answer up. */
export function askEarly(client: QueryClient, path: string): void {
  if (!isLeaving() && !forNobody.test(path)) void client.prefetchQuery(session);
}

/** Lets a signed-in person through and sends everybody else to the sign-in page, remembering where they wanted to go. A sign-out that the server
 * has not heard of yet is finished first; it fails while the server does not answer. */
export async function requireSession(client: QueryClient, wanted: string): Promise<void> {
  if (isLeaving()) {
    await finishLeaving();
    throw redirect({ to: "/sign-in" });
  }
  if ((await client.ensureQueryData(session)) !== null) return;
  client.removeQueries({ queryKey: sessionKey });
  throw redirect({ to: "/sign-in", search: (wanted === "/" ? {} : { next: wanted }) as never });
}
