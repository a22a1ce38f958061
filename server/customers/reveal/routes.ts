import { requireStepUp } from "../../governance/access/index.ts";
import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { revealIdentifier } from "./reveal-identifier.ts";

export const revealRoutes: Route[] = [
  route(contract.revealIdentifier, async ({ tx, caller, clock, params, body }) => {
    await requireStepUp(tx, caller, clock, { action: "identifier.revealed", subjectIds: [params.customerId], payload: body });
    return revealIdentifier(tx, caller, params.customerId, body);
  }),
];
