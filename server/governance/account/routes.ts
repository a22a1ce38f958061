import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import type { PasskeyChallenge } from "../access/contract.ts";
import { changePassword } from "./change-password.ts";
import * as contract from "./contract.ts";
import * as own from "./own-factors.ts";

export const accountRoutes: Route[] = [
  route(contract.readAccount, ({ tx, caller }) => own.readAccount(tx, caller)),
  streamingRoute(contract.beginTotp, (input) => own.beginTotp(input)),
  streamingRoute(contract.confirmTotp, (input) => own.confirmTotp(input, input.body.code)),
  streamingRoute(contract.removeTotp, (input) => own.removeTotp(input)),
  streamingRoute(contract.renewRecoveryCodes, (input) => own.renewRecoveryCodes(input)),
  streamingRoute(contract.beginPasskey, async (input) => (await own.beginPasskey(input)) as PasskeyChallenge),
  streamingRoute(contract.addPasskey, (input) => own.addPasskey(input, input.body)),
  streamingRoute(contract.removePasskey, (input) => own.removePasskey(input, input.body.credentialId)),
  streamingRoute(contract.changePassword, (input) => changePassword(input, input.body.password)),
];
