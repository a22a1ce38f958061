import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listQualityWork } from "./list-quality-work.ts";
import { readQuality, readQualityTrend } from "./read-quality.ts";

export const qualityRoutes: Route[] = [
  route(contract.readQuality, ({ tx, caller, query }) => readQuality(tx, caller, query)),
  route(contract.readQualityTrend, ({ tx, caller, clock, query }) => readQualityTrend(tx, caller, clock, query)),
  route(contract.listQualityWork, ({ tx, caller, query }) => listQualityWork(tx, caller, query)),
];
