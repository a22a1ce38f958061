import { columnsOf, type DataMap } from "../../platform/data-map/index.ts";
import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { approveErasure, listErasures, openErasure, readErasure, refuseErasure } from "./erasures.ts";

/** `maps`: what every module says of its tables (main/personal-data.ts). */
export function erasureRoutes(maps: readonly DataMap[]): Route[] {
  const columns = columnsOf(maps);
  return [
    route(contract.listErasures, ({ tx, caller }) => listErasures(tx, caller)),
    route(contract.readErasure, ({ tx, caller, params }) => readErasure(tx, caller, params.erasureId)),
    streamingRoute(contract.openErasure, ({ db, caller, clock, body }) => openErasure({ db, caller, clock, columns }, body)),
    route(contract.approveErasure, ({ tx, caller, clock, params, body }) =>
      approveErasure(tx, caller, clock, params.erasureId, body.reason),
    ),
    route(contract.refuseErasure, ({ tx, caller, params, body }) => refuseErasure(tx, caller, params.erasureId, body)),
  ];
}
