import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { readBehaviour } from "./read-behaviour.ts";

export const behaviourRoutes: Route[] = [
  route(contract.readBehaviour, ({ tx, caller, params }) => readBehaviour(tx, caller, params.customerId)),
];
