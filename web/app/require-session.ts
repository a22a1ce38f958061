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

/** Lets a signed-in person through and sends everybody else to the sign-in page, remembering where they wanted to go. A sign-out that the server
 * has not heard of yet is finished first; it fails while the server does not answer. */
export async function requireSession(client: QueryClient, wanted: string): Promise<void> {
  if (isLeaving()) {
    await finishLeaving();
    throw redirect({ to: "/sign-in" });
  }
  const session = await client.ensureQueryData({
    queryKey: sessionKey,
    queryFn: ({ signal }) => call(readSession, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (session !== null) return;
  client.removeQueries({ queryKey: sessionKey });
  throw redirect({ to: "/sign-in", search: (wanted === "/" ? {} : { next: wanted }) as never });
}
