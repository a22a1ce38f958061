import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { revealIdentifier } from "./reveal-identifier.ts";

export const revealRoutes: Route[] = [
  route(contract.revealIdentifier, ({ tx, caller, params, body }) => revealIdentifier(tx, caller, params.customerId, body)),
];
