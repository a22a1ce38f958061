import { publicRoute, type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { leave, type World } from "./go-and-return.ts";
import { beginTrial, finishTrial, readProvider, saveEmergencyAccounts, saveProvider } from "./set-up-provider.ts";
import { beginProviderProof, finishProviderProof, signInByProvider } from "./sign-in-by-provider.ts";
import { endSessionsByProvider, leaveSession } from "./sign-out-by-provider.ts";

const worldOf = ({ db, clock, outbound, publicUrl }: World): World => ({ db, clock, outbound, publicUrl });

export const identityProviderRoutes: Route[] = [
  route(contract.readProvider, ({ tx, caller, publicUrl }) => readProvider(tx, caller, publicUrl)),
  streamingRoute(contract.saveProvider, (input) => saveProvider(worldOf(input), input.caller, input.body)),
  route(contract.saveEmergencyAccounts, ({ tx, caller, clock, body }) => saveEmergencyAccounts(tx, caller, clock, body.userIds)),
  streamingRoute(contract.beginTrial, (input) => beginTrial(worldOf(input), input.caller)),
  streamingRoute(contract.finishTrial, (input) => finishTrial(worldOf(input), input.caller, input.body)),
  publicRoute(contract.beginProviderSignIn, (input) =>
    leave(worldOf(input), { purpose: "oidc", userId: null, requestId: input.request.id }),
  ),
  publicRoute(contract.finishProviderSignIn, async (input) => {
    const { session, token, maxAgeSeconds } = await signInByProvider(worldOf(input), input.body, {
      ...input.request,
      formerToken: input.cookie.token,
    });
    input.cookie.set(token, maxAgeSeconds);
    return session;
  }),
  streamingRoute(contract.beginProviderProof, (input) => beginProviderProof(worldOf(input), input.caller, input.body.actionHash)),
  streamingRoute(contract.finishProviderProof, async (input) => {
    const { token, maxAgeSeconds } = await finishProviderProof(worldOf(input), input.caller, input.body);
    input.cookie.set(token, maxAgeSeconds);
  }),
  streamingRoute(contract.leaveSession, async (input) => {
    const answer = await leaveSession(worldOf(input), input.caller);
    input.cookie.clear();
    return answer;
  }),
  publicRoute(contract.endSessionsByProvider, (input) => endSessionsByProvider(worldOf(input), input.request.id, input.body.logout_token)),
];
