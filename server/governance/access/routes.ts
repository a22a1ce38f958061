import type { UserId } from "../../platform/caller/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { publicRoute, type Route, route, streamingRoute } from "../../platform/http/index.ts";
import { askForPasskey } from "../factors/index.ts";
import { permit } from "../permissions/index.ts";
import * as contract from "./contract.ts";
import { enrolTotp } from "./enrol-totp.ts";
import { readSession } from "./read-session.ts";
import { readWelcome } from "./read-welcome.ts";
import { readSessionLimits, saveSessionLimits } from "./session-limits.ts";
import { endAllSessions, endSession, listSessions } from "./sessions.ts";
import { signIn, signInByPasskey } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";
import { beginStepUp, proveStepUp } from "./step-up.ts";
import { updatePreferences } from "./update-preferences.ts";

export const accessRoutes: Route[] = [
  publicRoute(contract.readWelcome, ({ db, caller }) => inTransaction(db, caller, readWelcome, { purpose: "sign_in", readOnly: true })),
  publicRoute(
    contract.signIn,
    async ({ db, clock, body, request, cookie }) => {
      const { session, token, maxAgeSeconds } = await signIn(db, clock, { ...body, request: { ...request, formerToken: cookie.token } });
      cookie.set(token, maxAgeSeconds);
      return session;
    },
    { limitAccount: (body) => body.login.toLowerCase() },
  ),
  publicRoute(contract.enrolTotp, ({ db, clock, body, request }) => enrolTotp(db, clock, { ...body, request }), {
    limitAccount: (body) => body.login.toLowerCase(),
  }),
  publicRoute(contract.readSession, ({ db, clock, cookie, request }) => readSession(db, clock, cookie.token, request)),
  route(contract.signOut, async ({ tx, caller, clock, cookie }) => {
    await signOut(tx, caller, clock);
    cookie.clear();
  }),
  publicRoute(contract.askForPasskey, async ({ db, caller, clock, publicUrl }) => {
    const wanted = { purpose: "sign_in", userId: null } as const;
    const asked = await inTransaction(db, caller, (tx) => askForPasskey(tx, publicUrl, wanted, clock.now()), { purpose: "sign_in" });
    return asked as contract.PasskeyChallenge;
  }),
  publicRoute(contract.signInByPasskey, async ({ db, clock, publicUrl, body, request, cookie }) => {
    const { session, token, maxAgeSeconds } = await signInByPasskey(db, clock, publicUrl, {
      ...body,
      request: { ...request, formerToken: cookie.token },
    });
    cookie.set(token, maxAgeSeconds);
    return session;
  }),
  streamingRoute(
    contract.askForStepUp,
    async ({ db, caller, clock, publicUrl }) => (await beginStepUp(db, caller, clock, publicUrl)) as contract.PasskeyChallenge,
  ),
  streamingRoute(contract.proveStepUp, async ({ db, caller, clock, publicUrl, body, cookie }) => {
    const { token, maxAgeSeconds } = await proveStepUp(db, caller, clock, publicUrl, body);
    cookie.set(token, maxAgeSeconds);
  }),
  route(contract.listSessions, ({ tx, caller, clock, params }) => listSessions(tx, caller, clock, params.userId as UserId)),
  route(contract.endSession, ({ tx, caller, clock, params }) => endSession(tx, caller, clock, params.userId as UserId, params.sessionId)),
  route(contract.endAllSessions, ({ tx, caller, clock, params }) => endAllSessions(tx, caller, clock, params.userId as UserId)),
  route(contract.readSessionLimits, async ({ tx, caller }) => {
    permit(caller, "user:manage");
    return readSessionLimits(tx);
  }),
  route(contract.saveSessionLimits, ({ tx, caller, body }) => saveSessionLimits(tx, caller, body)),
  route(contract.updatePreferences, ({ tx, caller, body: { version, ...change } }) => updatePreferences(tx, caller, version, change)),
];
