export { listParameters, proposeParameters, readParameters } from "./parameters.ts";
export { readParameterYaml } from "./read-yaml.ts";
export { applyParameters, refreshProfit, refreshProfitStep } from "./refresh-profit.ts";
