import type { Endpoint } from "../../platform/http/contract.ts";
import { type Route, type RouteInput, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { describeProvider, describeResourceTypes, describeSchemas } from "./describe.ts";
import { scimDialect as dialect } from "./dialect.ts";
import { listGroupRoles, removeGroupRole, setGroupRole } from "./group-roles.ts";
import { createGroup, listGroups, patchScimGroup, readGroup, removeGroup, replaceGroup } from "./provision-groups.ts";
import { createUser, listUsers, type Provisioning, patchUser, readUser, removeUser, replaceUser } from "./provision-people.ts";

const worldOf = ({ tx, caller, clock, publicUrl, request }: RouteInput<Endpoint>): Provisioning => ({
  tx,
  caller,
  clock,
  publicUrl,
  request,
});

export const provisioningRoutes: Route[] = [
  route(contract.listScimUsers, (input) => listUsers(worldOf(input), input.query), { dialect }),
  route(contract.readScimUser, (input) => readUser(worldOf(input), input.params.userId), { dialect }),
  route(contract.createScimUser, (input) => createUser(worldOf(input), input.body), { dialect }),
  route(contract.replaceScimUser, (input) => replaceUser(worldOf(input), input.params.userId, input.body), { dialect }),
  route(contract.patchScimUser, (input) => patchUser(worldOf(input), input.params.userId, input.body.Operations), { dialect }),
  route(contract.removeScimUser, (input) => removeUser(worldOf(input), input.params.userId), { dialect }),
  route(contract.listScimGroups, (input) => listGroups(worldOf(input), input.query), { dialect }),
  route(contract.readScimGroup, (input) => readGroup(worldOf(input), input.params.groupId, input.query.excludedAttributes), { dialect }),
  route(contract.createScimGroup, (input) => createGroup(worldOf(input), input.body), { dialect }),
  route(contract.replaceScimGroup, (input) => replaceGroup(worldOf(input), input.params.groupId, input.body), { dialect }),
  route(contract.patchScimGroup, (input) => patchScimGroup(worldOf(input), input.params.groupId, input.body.Operations), { dialect }),
  route(contract.removeScimGroup, (input) => removeGroup(worldOf(input), input.params.groupId), { dialect }),
  route(contract.readServiceProviderConfig, async () => describeProvider(), { dialect }),
  route(contract.listScimSchemas, async () => describeSchemas(), { dialect }),
  route(contract.listResourceTypes, async () => describeResourceTypes(), { dialect }),
  route(contract.listGroupRoles, ({ tx, caller }) => listGroupRoles(tx, caller)),
  route(contract.setGroupRole, ({ tx, caller, clock, body }) => setGroupRole(tx, caller, clock, body)),
  route(contract.removeGroupRole, ({ tx, caller, clock, body }) => removeGroupRole(tx, caller, clock, body)),
];
