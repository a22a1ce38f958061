import type { QueryClient } from "@tanstack/react-query";
import { redirect } from "@tanstack/react-router";
import { readSession } from "../../server/governance/access/contract.ts";
import { call } from "../ui/api.ts";
import { keyOf } from "../ui/query.ts";

export const sessionKey = keyOf(readSession);

/** Lets a signed-in person through and sends everybody else to the sign-in page, remembering where they wanted to go. */
export async function requireSession(client: QueryClient, wanted: string): Promise<void> {
  const session = await client.ensureQueryData({
    queryKey: sessionKey,
    queryFn: ({ signal }) => call(readSession, {}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (session !== null) return;
  client.removeQueries({ queryKey: sessionKey });
  throw redirect({ to: "/sign-in", search: (wanted === "/" ? {} : { next: wanted }) as never });
}
