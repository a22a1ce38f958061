import type { UserId } from "../../platform/caller/index.ts";
import { publicRoute, type Route, route, streamingRoute } from "../../platform/http/index.ts";
import { withFloor } from "../access/index.ts";
import * as contract from "./contract.ts";
import { leave, type World } from "./go-and-return.ts";
import { beginTrial, finishTrial, readProvider, saveEmergencyAccounts, saveProvider } from "./set-up-provider.ts";
import { beginProviderProof, finishProviderProof, signInByProvider } from "./sign-in-by-provider.ts";
import { endSessionsByProvider, leaveSession } from "./sign-out-by-provider.ts";
import { unlinkPerson } from "./unlink-person.ts";

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
    const occasion = { ...input.request, formerToken: input.cookie.token };
    const { session, token, maxAgeSeconds } = await withFloor(() => signInByProvider(worldOf(input), input.body, occasion));
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
  route(contract.unlinkPerson, ({ tx, caller, clock, params }) => unlinkPerson(tx, caller, clock, params.userId as UserId)),
  publicRoute(contract.endSessionsByProvider, (input) => endSessionsByProvider(worldOf(input), input.request.id, input.body.logout_token)),
];
