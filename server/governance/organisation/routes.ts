import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listColleagues, listUnits } from "./list-organisation.ts";

export const organisationRoutes: Route[] = [
  route(contract.listUnits, ({ tx, caller }) => listUnits(tx, caller)),
  route(contract.listColleagues, ({ tx, caller, query }) => listColleagues(tx, caller, query)),
];
