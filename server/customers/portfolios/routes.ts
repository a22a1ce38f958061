import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listMaturing, readStanding } from "./read-standing.ts";

export const portfolioRoutes: Route[] = [
  route(contract.readStanding, ({ tx, caller, clock }) => readStanding(tx, caller, clock)),
  route(contract.listMaturing, ({ tx, caller, clock }) => listMaturing(tx, caller, clock)),
];
