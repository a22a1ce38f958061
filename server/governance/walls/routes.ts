import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { endClearance, giveClearance, listCompartments, openWall } from "./keep-walls.ts";

export const wallRoutes: Route[] = [
  route(contract.listCompartments, ({ tx, caller }) => listCompartments(tx, caller)),
  route(contract.openWall, ({ tx, caller, body }) => openWall(tx, caller, body)),
  route(contract.giveClearance, ({ tx, caller, params, body }) => giveClearance(tx, caller, params.compartmentId, body)),
  route(contract.endClearance, ({ tx, caller, params }) => endClearance(tx, caller, params.clearanceId)),
];
