import { type Route, route } from "../../platform/http/index.ts";
import { requireStepUp } from "../access/index.ts";
import { askForRows, decideEgressRequest, listEgressRequests, readBudget } from "./ask-for-rows.ts";
import * as contract from "./contract.ts";

export const egressRoutes: Route[] = [
  route(contract.readBudget, ({ tx, caller }) => readBudget(tx, caller)),
  route(contract.askForRows, ({ tx, caller, body }) => askForRows(tx, caller, body)),
  route(contract.listEgressRequests, ({ tx, caller }) => listEgressRequests(tx, caller)),
  route(contract.decideEgressRequest, async ({ tx, caller, clock, params, body }) => {
    await requireStepUp(tx, caller, clock, { action: "egress.decided", subjectIds: [params.requestId], payload: body });
    return decideEgressRequest(tx, caller, params.requestId, body);
  }),
];
