import { type Route, route } from "../../platform/http/index.ts";
import { askForKey } from "./ask-for-key.ts";
import * as contract from "./contract.ts";
import { listKeys, revokeKey } from "./end-key.ts";

export const keyRoutes: Route[] = [
  route(contract.listKeys, ({ tx, caller, clock }) => listKeys(tx, caller, clock)),
  route(contract.askForKey, ({ tx, caller, clock, body }) => askForKey(tx, caller, clock, body)),
  route(contract.revokeKey, ({ tx, caller, clock, params }) => revokeKey(tx, caller, clock, params.keyId)),
];
