import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import { changeRule, listRules } from "./change-rule.ts";
import * as contract from "./contract.ts";
import { orderRetention, previewRetention } from "./run-retention.ts";

export const retentionRoutes: Route[] = [
  route(contract.listRetentionRules, ({ tx, caller }) => listRules(tx, caller)),
  route(contract.changeRetentionRule, ({ tx, caller, clock, params, body }) => changeRule(tx, caller, clock, params.name, body)),
  streamingRoute(contract.previewRetention, ({ db, caller, clock }) => previewRetention(db, caller, clock)),
  route(contract.runRetention, ({ tx, caller, clock }) => orderRetention(tx, caller, clock)),
];
