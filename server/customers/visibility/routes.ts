import { type Route, route } from "../../platform/http/index.ts";
import * as contract from "./contract.ts";
import { explainCustomer, explainPerson } from "./explain.ts";

export const visibilityRoutes: Route[] = [
  route(contract.explainCustomer, ({ tx, caller, query }) => explainCustomer(tx, caller, query.customer)),
  route(contract.explainPerson, ({ tx, caller, params }) => explainPerson(tx, caller, params.userId)),
];
