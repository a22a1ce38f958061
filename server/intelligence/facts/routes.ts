import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { listFacts } from "./read-facts.ts";

export const factRoutes: Route[] = [route(contract.listFacts, ({ tx, caller }) => listFacts(tx, caller))];
