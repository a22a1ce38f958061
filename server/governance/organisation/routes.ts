import { type Route, route } from "../../platform/http/index.ts";
import { changePortfolio, createPortfolio, listPortfolios } from "./change-portfolios.ts";
import { changeUnit, createUnit } from "./change-units.ts";
import * as contract from "./contract.ts";
import { listColleagues, listUnits } from "./list-organisation.ts";

export const organisationRoutes: Route[] = [
  route(contract.listUnits, ({ tx, caller }) => listUnits(tx, caller)),
  route(contract.listColleagues, ({ tx, caller, query }) => listColleagues(tx, caller, query)),
  route(contract.createUnit, ({ tx, caller, body }) => createUnit(tx, caller, body)),
  route(contract.changeUnit, ({ tx, caller, params, body }) => changeUnit(tx, caller, params.unitId, body)),
  route(contract.listPortfolios, ({ tx, caller, query }) => listPortfolios(tx, caller, query)),
  route(contract.createPortfolio, ({ tx, caller, body }) => createPortfolio(tx, caller, body)),
  route(contract.changePortfolio, ({ tx, caller, params, body }) => changePortfolio(tx, caller, params.portfolioId, body)),
];
