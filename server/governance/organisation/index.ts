export { assignPortfolio, type LandedRows, landPortfolios, landUnits, type PortfolioRow, removeLanded, type UnitRow } from "./store.ts";
