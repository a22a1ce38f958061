export { approveParametersAct, listParameters, proposeParameters, readParameters } from "./parameters.ts";
export { type ProductGain, readProductGains } from "./product-gains.ts";
export { readParameterYaml } from "./read-yaml.ts";
export { applyParameters, refreshProfit } from "./refresh-profit.ts";
