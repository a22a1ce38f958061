import { type Route, route } from "../../platform/http/index.ts";
import { askForRows, readBudget } from "./ask-for-rows.ts";
import * as contract from "./contract.ts";

export const egressRoutes: Route[] = [
  route(contract.readBudget, ({ tx, caller }) => readBudget(tx, caller)),
  route(contract.askForRows, ({ tx, caller, clock, body }) => askForRows(tx, caller, clock, body)),
];
