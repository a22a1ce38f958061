import { type Route, route } from "../../platform/http/index.ts";
import { addCircleMember, correctCircleMember, createCircle, dissolveCircle, renameCircle } from "./change-circles.ts";
import { addRelation, correctRelation, withdrawRelation } from "./change-relations.ts";
import * as contract from "./contract.ts";
import { listCircles } from "./list-circles.ts";
import { listRelations } from "./list-relations.ts";
import { decideProposal, listProposals } from "./propose-circles.ts";
import { readOwnership } from "./read-ownership.ts";

export const relationRoutes: Route[] = [
  route(contract.listRelations, ({ tx, caller, clock, params }) => listRelations(tx, caller, clock, params.customerId)),
  route(contract.addRelation, ({ tx, caller, params, body }) => addRelation(tx, caller, params.customerId, body)),
  route(contract.correctRelation, ({ tx, caller, params, body }) => correctRelation(tx, caller, params.relationId, body)),
  route(contract.withdrawRelation, ({ tx, caller, params, body }) => withdrawRelation(tx, caller, params.relationId, body.version)),
  route(contract.readOwnership, ({ tx, caller, clock, params, query }) =>
    readOwnership(tx, caller, clock, params.customerId, query.threshold),
  ),
  route(contract.listCircles, ({ tx, caller, clock, params }) => listCircles(tx, caller, clock, params.customerId)),
  route(contract.createCircle, ({ tx, caller, body }) => createCircle(tx, caller, body)),
  route(contract.renameCircle, ({ tx, caller, params, body }) => renameCircle(tx, caller, params.circleId, body)),
  route(contract.addCircleMember, ({ tx, caller, clock, params, body }) => addCircleMember(tx, caller, clock, params.circleId, body)),
  route(contract.correctCircleMember, ({ tx, caller, params, body }) => correctCircleMember(tx, caller, params, body)),
  route(contract.dissolveCircle, ({ tx, caller, clock, params, body }) => dissolveCircle(tx, caller, clock, params.circleId, body.version)),
  route(contract.listProposals, ({ tx, caller, clock, params }) => listProposals(tx, caller, clock, params.customerId)),
  route(contract.decideProposal, ({ tx, caller, clock, params, body }) => decideProposal(tx, caller, clock, params.customerId, body)),
];
