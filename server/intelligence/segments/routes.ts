import { requireStepUp } from "../../governance/access/index.ts";
import { inTransaction } from "../../platform/db/index.ts";
import { type Route, route, streamingRoute } from "../../platform/http/index.ts";
import { keepCluster, orderClusters, readClusters } from "./clusters/keep-clusters.ts";
import * as contract from "./contract.ts";
import { exportMembers } from "./export-members.ts";
import { orderSearch, orderSettling } from "./jobs.ts";
import { archiveSegment, changeSegment, createSegment } from "./keep-segments.ts";
import { previewSegment } from "./preview-segment.ts";
import { compareSegments, listMembers, listSegments, readChoices, readHistory, readSegment } from "./read-segments.ts";

export const segmentRoutes: Route[] = [
  route(contract.previewSegment, ({ tx, caller, clock, body }) => previewSegment(tx, caller, clock, body.filter)),
  route(contract.listSegments, ({ tx, caller }) => listSegments(tx, caller)),
  route(contract.createSegment, async ({ tx, caller, body }) => {
    const created = await createSegment(tx, caller, body);
    await orderSettling(tx, created.segmentId);
    return created;
  }),
  route(contract.readChoices, ({ tx, caller }) => readChoices(tx, caller)),
  route(contract.readClusters, ({ tx, caller }) => readClusters(tx, caller)),
  route(contract.orderClusters, async ({ tx, caller }) => {
    const ordered = await orderClusters(tx, caller);
    await orderSearch(tx, ordered.runId);
    return ordered;
  }),
  route(contract.keepCluster, async ({ tx, caller, params, body }) => {
    const kept = await keepCluster(tx, caller, params.runId, body);
    await orderSettling(tx, kept.segmentId);
    return kept;
  }),
  route(contract.compareSegments, ({ tx, caller, query }) => compareSegments(tx, caller, query.first, query.second)),
  route(contract.readSegment, ({ tx, caller, params }) => readSegment(tx, caller, params.segmentId)),
  route(contract.changeSegment, async ({ tx, caller, params, body }) => {
    const changed = await changeSegment(tx, caller, params.segmentId, body);
    await orderSettling(tx, params.segmentId);
    return changed;
  }),
  route(contract.archiveSegment, ({ tx, caller, params }) => archiveSegment(tx, caller, params.segmentId)),
  route(contract.listMembers, ({ tx, caller, params, query }) => listMembers(tx, caller, params.segmentId, query.after)),
  route(contract.readHistory, ({ tx, caller, params }) => readHistory(tx, caller, params.segmentId)),
  streamingRoute(contract.exportMembers, async ({ db, caller, clock, params, body }) => {
    const act = { action: "customer.exported", subjectIds: [], payload: { ...params, ...body } };
    await inTransaction(db, caller, (tx) => requireStepUp(tx, caller, clock, act));
    return exportMembers(db, caller, clock, params.segmentId, body.format);
  }),
];
