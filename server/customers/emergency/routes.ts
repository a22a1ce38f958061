import { requireStepUp } from "../../governance/access/index.ts";
import { type Route, route } from "../../platform/http/index.ts";
import { breakGlass, endGrant, listOwnGrants } from "./break-glass.ts";
import * as contract from "./contract.ts";
import { listGrants, reviewGrant } from "./review-grants.ts";

export const emergencyRoutes: Route[] = [
  route(contract.breakGlass, async ({ tx, caller, clock, body }) => {
    await requireStepUp(tx, caller, clock, { action: "glass.broken", subjectIds: [], payload: body });
    return breakGlass(tx, caller, body);
  }),
  route(contract.listOwnGrants, ({ tx, caller }) => listOwnGrants(tx, caller)),
  route(contract.endGrant, ({ tx, caller, params }) => endGrant(tx, caller, params.grantId)),
  route(contract.listGrants, ({ tx, caller, query }) => listGrants(tx, caller, query)),
  route(contract.reviewGrant, ({ tx, caller, params, body }) => reviewGrant(tx, caller, params.grantId, body)),
];
