import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { delegate, endDelegation, listDelegations } from "./delegate.ts";
import { changeGrant, grantRole, takeRole } from "./grant-roles.ts";
import { keepApart, letTogether } from "./keep-apart.ts";
import { changeRole, createRole, listRoles, retireRole } from "./make-roles.ts";

export const roleRoutes: Route[] = [
  route(contract.listRoles, ({ tx, caller }) => listRoles(tx, caller)),
  route(contract.createRole, ({ tx, caller, clock, body }) => createRole(tx, caller, clock, body)),
  route(contract.changeRole, ({ tx, caller, clock, params, body }) => changeRole(tx, caller, clock, params.roleId, body)),
  route(contract.retireRole, ({ tx, caller, clock, params, body }) => retireRole(tx, caller, clock, params.roleId, body.version)),
  route(contract.keepApart, ({ tx, caller, body }) => keepApart(tx, caller, body)),
  route(contract.letTogether, ({ tx, caller, clock, body }) => letTogether(tx, caller, clock, body)),
  route(contract.grantRole, ({ tx, caller, clock, params, body }) => grantRole(tx, caller, clock, { ...params, ...body })),
  route(contract.changeGrant, ({ tx, caller, clock, params, body }) => changeGrant(tx, caller, clock, { ...params, ...body })),
  route(contract.takeRole, ({ tx, caller, clock, params, body }) => takeRole(tx, caller, clock, { ...params, ...body })),
  route(contract.listDelegations, ({ tx, caller, clock, query }) => listDelegations(tx, caller, clock, query.userId)),
  route(contract.delegate, ({ tx, caller, clock, body }) => delegate(tx, caller, clock, body)),
  route(contract.endDelegation, ({ tx, caller, clock, params, body }) =>
    endDelegation(tx, caller, clock, params.delegationId, body.version),
  ),
];
