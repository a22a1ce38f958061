import { inTransaction } from "../../platform/db/index.ts";
import { publicRoute, type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { readSession } from "./read-session.ts";
import { readWelcome } from "./read-welcome.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { updatePreferences } from "./update-preferences.ts";

export const accessRoutes: Route[] = [
  publicRoute(contract.readWelcome, ({ db, caller }) => inTransaction(db, caller, readWelcome, { purpose: "sign_in", readOnly: true })),
  publicRoute(
    contract.signIn,
    async ({ db, clock, body, request, cookie }) => {
      const { session, token, maxAgeSeconds } = await signIn(db, clock, { ...body, request });
      cookie.set(token, maxAgeSeconds);
      return session;
    },
    { limitAccount: (body) => body.login.toLowerCase() },
  ),
  publicRoute(contract.readSession, ({ db, clock, cookie, request }) => readSession(db, clock, cookie.token, request)),
  route(contract.signOut, async ({ tx, caller, clock, cookie }) => {
    await signOut(tx, caller, clock);
    cookie.clear();
  }),
  route(contract.updatePreferences, ({ tx, caller, body: { version, ...change } }) => updatePreferences(tx, caller, version, change)),
];
