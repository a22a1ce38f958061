import { type Route, route } from "../../platform/http/index.ts";
import { applyForCredit } from "./applications/apply.ts";
import * as applications from "./applications/contract.ts";
import { decideApplication, listApplications, readApplication, withdrawApplication } from "./applications/decide-application.ts";
import * as contract from "./contract.ts";
import * as market from "./market/contract.ts";
import { readCustomerMarketRisk, readMarketRisk } from "./market/read-market-risk.ts";
import * as policy from "./policy/contract.ts";
import { listPolicies, proposePolicy } from "./policy/propose-policy.ts";
import * as portfolio from "./portfolio/contract.ts";
import { listCreditCustomers, readCreditPortfolio } from "./portfolio/read-portfolio.ts";
import { readCustomerRisk } from "./read-customer-risk.ts";
import { setLimit } from "./set-limit.ts";
import { leaveWatch, listCreditAlerts, listWatched, reviewWatch, seeCreditAlert, watchCustomer } from "./watching/watch-list.ts";

export const creditRoutes: Route[] = [
  route(contract.readCustomerRisk, ({ tx, caller, clock, params }) => readCustomerRisk(tx, caller, clock, params.customerId)),
  route(contract.setCreditLimit, ({ tx, caller, clock, params, body }) => setLimit(tx, caller, clock, params.customerId, body)),
  route(contract.watchCustomer, ({ tx, caller, clock, params, body }) => watchCustomer(tx, caller, clock, params.customerId, body)),
  route(contract.reviewWatch, ({ tx, caller, clock, params, body }) => reviewWatch(tx, caller, clock, params, body)),
  route(contract.leaveWatch, ({ tx, caller, clock, params, body }) => leaveWatch(tx, caller, clock, params, body)),
  route(contract.listWatched, ({ tx, caller, clock, query }) => listWatched(tx, caller, clock, query)),
  route(contract.listCreditAlerts, ({ tx, caller }) => listCreditAlerts(tx, caller)),
  route(contract.seeCreditAlert, ({ tx, caller, clock, params }) => seeCreditAlert(tx, caller, clock, params)),
  route(portfolio.readCreditPortfolio, ({ tx, caller, query }) => readCreditPortfolio(tx, caller, query)),
  route(portfolio.listCreditCustomers, ({ tx, caller, query }) => listCreditCustomers(tx, caller, query)),
  route(market.readMarketRisk, ({ tx, caller, query }) => readMarketRisk(tx, caller, query)),
  route(market.readCustomerMarketRisk, ({ tx, caller, params }) => readCustomerMarketRisk(tx, caller, params.customerId)),
  route(applications.applyForCredit, ({ tx, caller, clock, params, body }) => applyForCredit(tx, caller, clock, params.customerId, body)),
  route(applications.listCreditApplications, ({ tx, caller, query }) => listApplications(tx, caller, query)),
  route(applications.readCreditApplication, ({ tx, caller, params }) => readApplication(tx, caller, params.applicationId)),
  route(applications.decideCreditApplication, ({ tx, caller, clock, params, body }) =>
    decideApplication(tx, caller, clock, params.applicationId, body),
  ),
  route(applications.withdrawCreditApplication, ({ tx, caller, clock, params, body }) =>
    withdrawApplication(tx, caller, clock, params.applicationId, body.reason),
  ),
  route(policy.listCreditPolicies, ({ tx, caller }) => listPolicies(tx, caller)),
  route(policy.proposeCreditPolicy, ({ tx, caller, clock, body }) => proposePolicy(tx, caller, clock, body)),
];
