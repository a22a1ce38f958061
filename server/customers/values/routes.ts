import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import { answerDispute } from "./answer-dispute.ts";
import * as contract from "./contract.ts";
import { disputeValue } from "./dispute-value.ts";
import { listDisputes } from "./list-disputes.ts";
import { pinValue, unpinValue } from "./pin-value.ts";

export const valueRoutes: Route[] = [
  streamingRoute(contract.pinValue, ({ db, caller, params, body }) => pinValue(db, caller, params.customerId, body)),
  streamingRoute(contract.unpinValue, ({ db, caller, params }) => unpinValue(db, caller, params.customerId, params.pinId)),
  route(contract.disputeValue, ({ tx, caller, params, body }) => disputeValue(tx, caller, params.customerId, body)),
  route(contract.listDisputes, ({ tx, caller, query }) => listDisputes(tx, caller, query)),
  route(contract.answerDispute, ({ tx, caller, params, body }) => answerDispute(tx, caller, params.customerId, params.disputeId, body)),
];
