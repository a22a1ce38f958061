import { type Route, route } from "../../platform/http/index.ts";
import { appealTier, decideAppeal, listAppeals } from "./appeal-tier.ts";
import * as contract from "./contract.ts";
import * as parameterContract from "./parameters/contract.ts";
import { listParameters, proposeParameters, readParameters } from "./parameters.ts";
import { readCustomerValue, readOwnValue } from "./read-customer-value.ts";
import { listProfitCustomers, readProfit } from "./read-profit.ts";
import { listTierMoves, readTiers } from "./read-tiers.ts";

export const profitRoutes: Route[] = [
  route(contract.readProfit, ({ tx, caller, query }) => readProfit(tx, caller, query)),
  route(contract.listProfitCustomers, ({ tx, caller, query }) => listProfitCustomers(tx, caller, query)),
  route(contract.readCustomerValue, ({ tx, caller, params }) => readCustomerValue(tx, caller, params.customerId)),
  route(contract.readOwnValue, ({ tx, caller }) => readOwnValue(tx, caller)),
  route(contract.readTiers, ({ tx, caller }) => readTiers(tx, caller)),
  route(contract.listTierMoves, ({ tx, caller, query }) => listTierMoves(tx, caller, query)),
  route(contract.appealTier, ({ tx, caller, params, body }) => appealTier(tx, caller, params.customerId, body)),
  route(contract.listAppeals, ({ tx, caller }) => listAppeals(tx, caller)),
  route(contract.decideAppeal, ({ tx, caller, clock, params, body }) => decideAppeal(tx, caller, clock, params.appealId, body)),
  route(parameterContract.listParameters, ({ tx, caller, clock }) => listParameters(tx, caller, clock)),
  route(parameterContract.readParameters, ({ tx, caller, params }) => readParameters(tx, caller, params.versionNo)),
  route(parameterContract.proposeParameters, ({ tx, caller, clock, body }) => proposeParameters(tx, caller, clock, body)),
];
