import type { UserId } from "../../platform/caller/index.ts";
import { publicRoute, type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { lookAtLink, redeemLink } from "./links.ts";
import { changePerson, confirmEmail, createPerson, makeLink, readPerson, removeFactors, setPersonActive } from "./manage-people.ts";

export const peopleRoutes: Route[] = [
  route(contract.readPerson, ({ tx, caller, clock, params }) => readPerson(tx, caller, clock, params.userId as UserId)),
  route(contract.createPerson, ({ tx, caller, clock, publicUrl, body }) => createPerson(tx, caller, clock, publicUrl, body)),
  route(contract.changePerson, ({ tx, caller, clock, params, body }) => changePerson(tx, caller, clock, params.userId as UserId, body)),
  route(contract.setPersonActive, ({ tx, caller, clock, params, body }) =>
    setPersonActive(tx, caller, clock, params.userId as UserId, body),
  ),
  route(contract.confirmEmail, ({ tx, caller, clock, params, body }) =>
    confirmEmail(tx, caller, clock, params.userId as UserId, body.version),
  ),
  route(contract.makeLink, ({ tx, caller, clock, publicUrl, params }) => makeLink(tx, caller, clock, publicUrl, params.userId as UserId)),
  route(contract.removeFactors, ({ tx, caller, clock, params }) => removeFactors(tx, caller, clock, params.userId as UserId)),
  publicRoute(contract.lookAtLink, ({ db, clock, request, body }) => lookAtLink(db, clock, { requestId: request.id, ...body })),
  publicRoute(contract.redeemLink, ({ db, clock, request, body }) => redeemLink(db, clock, { requestId: request.id, ...body })),
];
