import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { decidePairs } from "./decide-pairs.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { orderLearning, orderThresholds } from "./jobs.ts";
import { joinCustomers, separateRecords } from "./join-and-separate.ts";
import { listDoubts } from "./list-doubts.ts";
import { explainPair, readIdentity } from "./read-identity.ts";
import { previewThreshold, readMatchingQuality } from "./read-quality.ts";

export const identityRoutes: Route[] = [
  route(contract.listDoubts, ({ tx, caller, query }) => listDoubts(tx, caller, query)),
  streamingRoute(contract.explainPair, ({ db, caller, params }) => explainPair(db, caller, params.a, params.b)),
  streamingRoute(contract.decidePairs, ({ db, caller, body }) => decidePairs(db, caller, body)),
  streamingRoute(contract.joinCustomers, ({ db, caller, params, body }) => joinCustomers(db, caller, params.customerId, body)),
  streamingRoute(contract.separateRecords, ({ db, caller, params, body }) => separateRecords(db, caller, params.customerId, body)),
  route(contract.readIdentity, ({ tx, caller, params }) => readIdentity(tx, caller, params.customerId)),
  route(contract.readMatchingQuality, ({ tx, caller }) => readMatchingQuality(tx, caller)),
  route(contract.previewThreshold, ({ tx, caller, query }) => previewThreshold(tx, caller, query)),
  streamingRoute(contract.learnMatching, ({ db, caller }) => orderLearning(db, caller)),
  streamingRoute(contract.moveThresholds, ({ db, caller, body }) => orderThresholds(db, caller, body)),
  streamingRoute(contract.findDuplicates, ({ db, caller, body }) => findDuplicates(db, caller, body)),
];
