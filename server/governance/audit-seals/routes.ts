import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { orderSealCheck, readSealState } from "./read-state.ts";

export const auditSealRoutes: Route[] = [
  route(contract.readSealState, ({ tx, caller, clock }) => readSealState(tx, caller, clock)),
  route(contract.orderSealCheck, ({ tx, caller }) => orderSealCheck(tx, caller)),
];
